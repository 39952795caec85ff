using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using MfaPlan.Cli.Composition;
using MfaPlan.Cli.Consoles;
using MfaPlan.Cli.Rendering;
using MfaPlan.Core.Changes;
using MfaPlan.Core.Guards;
using MfaPlan.Core.Journals;
using MfaPlan.Core.Matching;
using MfaPlan.Core.Plans;
using MfaPlan.Core.Proofs;
using MfaPlan.Core.Reports;
using MfaPlan.Core.Sources;
using MfaPlan.Core.Tenants;
using MfaPlan.Engine.Ports;
using MfaPlan.Engine.Previewing;
using MfaPlan.Graph;
using Spectre.Console;

namespace MfaPlan.Cli.Commands;

/// <summary><c>user PLAN UPN</c>: one user on both sides, every rule that fires, what was done before, what is there now.</summary>
internal static class UserCommand
{
    public static Command Create(CliHost host)
    {
        var plan = CommonOptions.Plan();
        var name = new Argument<string>("UPN") { Description = "The user's principal name or object id." };
        var sandbox = CommonOptions.Sandbox();
        var record = CommonOptions.Record();
        var reveal = CommonOptions.Reveal();
        var command = new Command("user", CommonOptions.Help(
            "Shows one user as the source and as Entra have it, the rule behind every difference, and what was done before. Writes nothing.",
            "mfaplan user plan.yaml alice@contoso.com")) { plan, name, sandbox, record, reveal };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var settings = CommonOptions.Connection(host, parsed, sandbox, record);
            var workspace = Workspace.Open(host, parsed.GetRequiredValue(plan), settings.Sandbox is not null);
            var source = await Preparations.ReadSourceAsync(host, workspace.Loaded, cancellationToken);
            await using var connection = await TenantConnection.OpenAsync(
                host, workspace.Loaded, settings, ApplyTimes.Of(host, null, null, settings.Sandbox is not null), cancellationToken);
            var wanted = parsed.GetRequiredValue(name);
            var user = await FindAsync(connection.Tenant, wanted, cancellationToken);
            var ledger = await workspace.State.ReadAsync(cancellationToken);
            var screen = new UserScreen(AnsiConsoles.Over(host.Out, AnsiConsoles.WantsColour(host, noColour: false)), parsed.GetValue(reveal));
            var result = await new UserPreview(connection.Tenant, workspace.State).RunAsync(
                new PreviewRequest(workspace.Loaded.Plan, workspace.Loaded.Digest, source, ledger, Salt: default)
                {
                    AsOf = connection.Time.GetUtcNow(),
                },
                user, cancellationToken);
            screen.ShowSides(user, result.InScope, result.User.Match);
            screen.ShowMethods(result.Methods);
            if (result.Unit is { } unit)
            {
                screen.ShowPlan(UserReport.Of(unit, parsed.GetValue(reveal)), result.IsForecast);
                await screen.ShowMoveAsync(workspace.Loaded.Plan, connection, result, cancellationToken);
            }
            else
            {
                screen.ShowProblems(result.View.Problems.Select(static problem => problem.Message));
            }

            screen.ShowUtility(UtilityNote.OfUser(await connection.Tenant.ReadUtilityWritesAsync(cancellationToken), user.Id));
            screen.ShowHistory(await HistoryAsync(workspace.State, UnitId.ForUser(user.Id), cancellationToken));
            return ExitCodes.Done;
        });
        return command;
    }

    private static async Task<DirectoryUser> FindAsync(GraphTenant tenant, string name, CancellationToken cancellationToken) =>
        await tenant.FindUserAsync(name, cancellationToken) switch
        {
            Observed<ImmutableArray<DirectoryUser>>.Seen { Value: [var user, ..] } => user,
            Observed<ImmutableArray<DirectoryUser>>.Unknown unknown => throw new CommandFailedException(
                ExitCodes.Incomplete, "MFP3103", $"The user could not be read ({unknown.Code})."),
            _ => throw new CommandFailedException(ExitCodes.Refused, "MFP3102", "The tenant has no such user. Check the name, or give the object id."),
        };

    private static async Task<List<string>> HistoryAsync(IStateStore state, UnitId unit, CancellationToken cancellationToken)
    {
        var history = new List<string>();
        var id = System.Text.Encoding.ASCII.GetBytes(unit.ToString());
        var previous = JournalLines.Genesis;
        await foreach (var bytes in state.ReadJournalAsync(cancellationToken))
        {
            var line = JournalLines.Parse(bytes.Span, previous);
            previous = line.Hash;
            if (bytes.Span.IndexOf(id) >= 0 && line.Entry is JournalEntry.Settle settle)
            {
                history.Add(string.Create(CultureInfo.InvariantCulture,
                    $"{settle.At:u} run {settle.RunId}: {string.Join(", ", settle.Outcomes.Select(static change => $"{change.Id} {change.Is.Word}"))}"));
            }
        }

        return history;
    }

    private sealed class UserScreen(IAnsiConsole console, bool reveal)
    {
        public void ShowSides(DirectoryUser user, bool inScope, Match match)
        {
            console.MarkupLineInterpolated($"[bold]{Name(user.PrincipalName)}[/] {user.Id:D}");
            console.WriteLine($"entra    {(user.Enabled ? "enabled" : "disabled")}, {(user.Guest ? "guest" : "member")}, "
                + $"{(user.Synced ? "synchronised" : "cloud-only")}, {(inScope ? "in scope" : "not in scope of the plan")}");
            console.WriteLine("source   " + match switch
            {
                Match.Found found => Source(found.Source) + $" (matched by {found.Rule.ToString().ToLowerInvariant()})",
                Match.OtherSid other => Source(other.Source) + " (same name, another SID)",
                Match.NotUnique many => $"not unique: rows {string.Join(", ", many.Rows)}",
                Match.OverrideWithoutRecord over => $"the override in row {over.OverrideRow} names no record",
                _ => "no record matches",
            });
        }

        public void ShowMethods(Observed<UserMethods> methods)
        {
            if (methods is not Observed<UserMethods>.Seen { Value: var now })
            {
                console.WriteLine($"now      could not be read ({((Observed<UserMethods>.Unknown)methods).Code})");
                return;
            }

            console.WriteLine(
                $"now      mobile {Phone(now.Mobile)}, alternate {Phone(now.AlternateMobile)}, office {Phone(now.Office)}, "
                + $"default {now.Default?.Word ?? "not set"}");
            console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"         Authenticator {now.Authenticators}, software tokens {now.SoftwareTokens}, hardware tokens {now.HardwareTokens}, "
                + $"phishing-resistant {now.PhishingResistant}, others {now.Others}"));
        }

        public void ShowPlan(UserReport report, bool isForecast)
        {
            console.WriteLine();
            console.MarkupLine("[bold]The plan[/]");
            if (isForecast)
            {
                console.WriteLine("  forecast: the prepare stage has changes that come first; this is the user as planned after it");
            }

            new PreviewScreen(console).ShowUser(report);
        }

        /// <summary>Shows what a wave or a cut-over would prove about the user; a plan without them moves nobody.</summary>
        public async Task ShowMoveAsync(Plan plan, TenantConnection connection, UserPreviewResult result, CancellationToken cancellationToken)
        {
            if ((plan.Rollout is null && plan.CutOver is null) || result is not { View: { Policy: { } policy } view, Unit: { } unit })
            {
                return;
            }

            var user = result.User.User;
            var move = await new MoveContextReader(connection.Tenant).ReadAsync(plan, view.Administrators, policy, connection.Time.GetUtcNow(), cancellationToken);
            var now = await WithPerUserStateAsync(connection.Tenant, user.Id, result.Methods, cancellationToken);
            var proof = move.Proof.Judge(
                new ProofUser(user, view.OnFederatedDomain(user)), now, now.SeenOrDefault is { } seen ? unit.Changes.Aggregate(seen, Compare.With) : null);
            var tally = new ProofTally();
            tally.Add(proof);
            var leftOut = move.Routing.LeftOut(user);
            new ProofScreen(console).Show(proof, leftOut,
            [
                .. move.Problems,
                .. ProofJudge.Judge(move.Proof, tally.Build()),
                .. plan.CutOver is null ? Array.Empty<GuardResult>() : [ProofJudge.JudgeLeftOut(leftOut is null ? 0 : 1)],
                .. ProofJudge.JudgeBreakGlass(move.Proof, view.BreakGlass),
            ]);
        }

        private static async Task<Observed<UserMethods>> WithPerUserStateAsync(
            GraphTenant tenant, Guid user, Observed<UserMethods> methods, CancellationToken cancellationToken) =>
            (methods, await tenant.LookAsync(user, MethodParts.Requirements, cancellationToken)) switch
            {
                (Observed<UserMethods>.Seen seen, Observed<UserMethods>.Seen state) =>
                    seen with { Value = seen.Value with { PerUserMfa = state.Value.PerUserMfa } },
                _ => methods,
            };

        public void ShowProblems(IEnumerable<string> problems)
        {
            foreach (var problem in problems)
            {
                console.WriteLine(PlainText.Of(problem));
            }
        }

        public void ShowUtility(string note) => console.WriteLine("utility  " + note);

        public void ShowHistory(List<string> history)
        {
            console.WriteLine();
            console.MarkupLine("[bold]Done before[/]");
            foreach (var line in history.DefaultIfEmpty("nothing"))
            {
                console.WriteLine("  " + line);
            }
        }

        private string Source(SourceUser source) => string.Create(CultureInfo.InvariantCulture,
            $"row {source.Row}, {(source.Enabled ? "enabled" : "disabled")}, {source.Mode}, primary {Phone(source.Primary)}, backup {Phone(source.Backup)}");

        private string Name(Core.Privacy.PersonalName name) => PlainText.Of(reveal ? name.Reveal() : name.ToString());

        private string Phone(Core.Privacy.PhoneNumber? number) => number is null ? "none" : PlainText.Of(reveal ? number.Reveal() : number.ToString());

        private string Phone(SourcePhone phone) => !reveal || phone.IsEmpty
            ? phone.ToString()
            : PlainText.Of($"{phone.CountryCode} {phone.Number}{(phone.Extension.Length > 0 ? " x" + phone.Extension : "")}");
    }
}
