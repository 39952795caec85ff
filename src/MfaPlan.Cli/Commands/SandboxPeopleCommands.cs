using System.CommandLine;
using System.Globalization;
using MfaPlan.Sandbox.Rehearsing;

namespace MfaPlan.Cli.Commands;

/// <summary>
/// <c>sandbox register</c>, <c>sandbox sign-ins</c> and <c>sandbox disable</c>: what other people do in a migration, done to the plan's simulated tenant so
/// that a rehearsal can go on. None of it is the product's own doing.
/// </summary>
internal static class SandboxPeopleCommands
{
    public static Command Register(CliHost host)
    {
        var without = new Option<bool>("--without-method") { Description = "Of these only who has no method to answer with." };
        return Of(
            host, "register", "Rehearses people registering the Authenticator app, as a campaign or the help desk has asked them to.",
            "mfaplan sandbox register plan.yaml --group MFA-ReRegister", [without], (state, who, parsed) => Text(
                $"{SandboxPeople.Register(state, who with { WithoutMethod = parsed.GetValue(without) })} people of the simulated tenant registered the Authenticator app."));
    }

    public static Command SignIns(CliHost host)
    {
        var failing = new Option<int>("--failing") { Description = "So many of them fail at their second factor (0).", HelpName = "N" };
        return Of(
            host, "sign-ins", "Rehearses people signing in, now and each by a method of their own, so that gates have something to read.",
            "mfaplan sandbox sign-ins plan.yaml --group R1 --failing 2", [failing], (state, who, parsed) =>
            {
                var (signedIn, failed) = SandboxPeople.SignIn(
                    state, who, CommonOptions.InRange(parsed.GetValue(failing), 0, int.MaxValue, "--failing"));
                return Text($"{signedIn} people of the simulated tenant signed in, {failed} did not get in.");
            });
    }

    public static Command Disable(CliHost host) => Of(
        host, "disable", "Rehearses an administrator disabling accounts, as of people who have left.",
        "mfaplan sandbox disable plan.yaml --user left-1@contoso.com", [],
        static (state, who, _) => Text($"{SandboxPeople.Disable(state, who)} accounts of the simulated tenant were disabled."));

    private static Command Of(
        CliHost host, string name, string what, string example, Option[] more, Func<string, PeopleChoice, ParseResult, string> act)
    {
        var plan = CommonOptions.Plan();
        var groups = new Option<string[]>("--group")
        {
            Description = "The members of a group, nested ones included; may stand several times.",
            HelpName = "GROUP",
            DefaultValueFactory = static _ => [],
        };
        var users = new Option<string[]>("--user")
        {
            Description = "A user, by name or object id; may stand several times.",
            HelpName = "UPN",
            DefaultValueFactory = static _ => [],
        };
        var command = new Command(name, CommonOptions.Help(what, example)) { plan, groups, users };
        foreach (var option in more)
        {
            command.Add(option);
        }

        command.SetAction(parsed =>
        {
            var who = new PeopleChoice { Groups = [.. parsed.GetValue(groups) ?? []], Users = [.. parsed.GetValue(users) ?? []] };
            if (who.Groups.IsEmpty && who.Users.IsEmpty)
            {
                throw new CommandFailedException(ExitCodes.WrongUsage, "MFP5023", "Say who: --group GROUP, --user UPN, or both.");
            }

            host.Out.WriteLine(act(SandboxCommand.Existing(host, parsed.GetRequiredValue(plan)), who, parsed));
            return ExitCodes.Done;
        });
        return command;
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
