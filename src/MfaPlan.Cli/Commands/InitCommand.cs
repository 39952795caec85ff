using System.CommandLine;
using MfaPlan.Cli.Composition;

namespace MfaPlan.Cli.Commands;

/// <summary><c>init</c>: a starter plan, and the state with its key.</summary>
internal static class InitCommand
{
    public static Command Create(CliHost host)
    {
        var plan = new Argument<string>("PLAN")
        {
            Description = "The plan file; made where it is missing.",
            DefaultValueFactory = static _ => "plan.yaml",
        };
        var tenant = new Option<Guid?>("--tenant") { Description = "The tenant's id, for a new plan.", HelpName = "GUID" };
        var command = new Command("init", CommonOptions.Help(
            "Makes a starter plan where there is none, and the plan's state with its key. Nothing that is there is changed.",
            "mfaplan init plan.yaml --tenant 7f3c0000-0000-0000-0000-000000000001")) { plan, tenant };
        command.SetAction(parsed =>
        {
            var path = parsed.GetRequiredValue(plan);
            if (!File.Exists(host.FullPath(path)))
            {
                if (parsed.GetValue(tenant) is not { } id)
                {
                    throw new CommandFailedException(
                        ExitCodes.WrongUsage, "MFP5016", $"There is no {path} yet. To make one, give the tenant's id: mfaplan init {path} --tenant GUID");
                }

                File.WriteAllText(host.FullPath(path), Starter.Replace("TENANT", id.ToString("D"), StringComparison.Ordinal));
                host.Out.WriteLine($"Made {path}. Fill in the groups and the export, then: mfaplan validate {path}");
            }

            var loaded = Workspace.Load(host, path);
            if (States.Exists(host, loaded))
            {
                host.Out.WriteLine($"The state in {States.PlaceOf(loaded)} is there already; nothing was changed.");
                return ExitCodes.Done;
            }

            States.Init(host, loaded);
            host.Out.WriteLine(loaded.Plan.State.Key switch
            {
                { Env: { } name } => $"Made the state in {States.PlaceOf(loaded)}; its key is in the environment variable {name}.",
                { KeyVault: { } key } => $"Made the state in {States.PlaceOf(loaded)}; the vault's key {key} wraps its keys.",
                _ => $"Made the state in {States.PlaceOf(loaded)} and its key in {States.KeyFile(loaded)}. Keep the key safe and apart: without it "
                  + "nothing can be undone. Put neither under version control.",
            });
            return ExitCodes.Done;
        });
        return command;
    }

    private const string Starter = """
        apiVersion: mfaplan/v1
        kind: MigrationPlan
        metadata: { name: first-plan }
        tenant: { id: TENANT }
        source:
          mfaServer: { users: export/users.csv }     # the user export of MFA Server; asOf: 2024-09-27 says of which day
        migrate:
          groups: [MFA-Migrate-Pilot]                # id or name; nested members are included
        # protect:                                 # name at least two emergency accounts by object id
        #   breakGlass: [11111111-1111-4111-8111-111111111111, 22222222-2222-4222-8222-222222222222]
        """;
}
