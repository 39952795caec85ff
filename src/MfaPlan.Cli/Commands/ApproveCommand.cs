using System.CommandLine;
using System.Globalization;
using MfaPlan.Cli.Composition;
using MfaPlan.Cli.Rendering;
using MfaPlan.Core.Approvals;
using MfaPlan.Core.Changes;
using MfaPlan.Core.Plans;
using MfaPlan.Core.Reports;
using MfaPlan.Engine.ChangeSets;
using MfaPlan.Engine.Ports;

namespace MfaPlan.Cli.Commands;

/// <summary><c>approve DIGEST</c>: signs a change set of the state with the operator's SSH key.</summary>
internal static class ApproveCommand
{
    public static Command Create(CliHost host)
    {
        var digest = new Argument<string>("DIGEST") { Description = "The change set's digest, or its first digits." };
        var plan = new Option<string>("--plan")
        {
            Description = "The plan whose state keeps it (plan.yaml).",
            HelpName = "PLAN",
            DefaultValueFactory = static _ => "plan.yaml",
        };
        var signing = new SignerOptions();
        var expire = new Option<string?>("--expire") { Description = "How long the approval holds (as long as the plan allows).", HelpName = "DURATION" };
        var sandbox = CommonOptions.Sandbox();
        var json = CommonOptions.Json();
        var command = new Command("approve", CommonOptions.Help(
            "Signs a change set that was previewed, with ssh-keygen and your SSH key. The signature is kept in the state, and apply checks it "
            + "against the plan's allowed signers.",
            "mfaplan approve 3f9ac1 --plan plan.yaml", "mfaplan approve 3f9ac1 --key ~/.ssh/id_ed25519_sk --expire 24h"))
        {
            digest, plan, expire, sandbox, json,
        };
        signing.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var loaded = Workspace.Load(host, parsed.GetRequiredValue(plan));
            var state = States.OpenAny(host, loaded)
                ?? throw new CommandFailedException(ExitCodes.Failed, "MFP5011", "There is no state yet. Preview first.");
            var gate = new ApprovalGate(host, loaded, state);
            var book = gate.Book;
            var (full, header, footer) = await FindAsync(loaded, state, parsed.GetRequiredValue(digest), cancellationToken);
            var demand = gate.DemandOf(full, header)!;
            var (file, signer) = await signing.ReadAsync(host, parsed, loaded, key => book.PrincipalsOfAsync(key, cancellationToken));
            var now = await TenantConnection.NowAsync(host, loaded, parsed.GetValue(sandbox) ?? host.Setting("SANDBOX"), cancellationToken);
            var expires = DateTimeOffset.FromUnixTimeSeconds((now + Lasting(parsed.GetValue(expire), demand)).ToUnixTimeSeconds());
            var opinion = await book.SignAsync(
                demand, new ApprovalTerms.ForChangeSet(demand.Tenant, demand.PlanDigest, full, expires, signer), file, now, cancellationToken);
            if (opinion.Flaw is { } flaw)
            {
                throw new CommandFailedException(ExitCodes.Refused, flaw.Code, $"The signature would not count, so it is not kept. {opinion.Reason}");
            }

            var verdict = await book.JudgeAsync(demand, now, cancellationToken);
            Show(host, parsed.GetValue(json), PreviewReport.Of(loaded.Plan, full, header, footer), (ApprovalTerms.ForChangeSet)opinion.Terms!, verdict, loaded);
            return ExitCodes.Done;
        });
        return command;
    }

    /// <summary>What is to be signed can be applied as things stand: a signature on anything else would be for nothing.</summary>
    private static async Task<(string Digest, ChangeSetHeader Header, ChangeSetFooter Footer)> FindAsync(
        LoadedPlan loaded, IStateStore state, string digest, CancellationToken cancellationToken)
    {
        var full = await ChangeSets.FindAsync(state, digest, cancellationToken);
        var (header, footer) = await ChangeSetFile.VerifyAsync(state, full, cancellationToken)
            ?? throw new CommandFailedException(ExitCodes.Refused, "MFP4004", $"The state has no change set {full}.");
        if (header.Tenant != loaded.Plan.Tenant.Id || header.PlanDigest != loaded.Digest)
        {
            throw new CommandFailedException(
                ExitCodes.Refused, "MFP4001", "The change set was made from another plan, or the plan file has changed since. Preview again.");
        }

        if (header.ClosedRuns != (await state.ReadAsync(cancellationToken)).ClosedRuns)
        {
            throw new CommandFailedException(
                ExitCodes.Refused, "MFP4006", "A run was closed since this change set was previewed, so it is spent. Preview again.");
        }

        RunSession.RefuseForecast(header);
        RunSession.RefuseByVerdict(footer);
        return (full, header, footer);
    }

    private static TimeSpan Lasting(string? text, ApprovalDemand.ForChangeSet demand)
    {
        if (text is null)
        {
            return demand.Longest;
        }

        return Durations.TryParse(text, out var lasting)
            ? lasting
            : throw new CommandFailedException(
                ExitCodes.WrongUsage, "MFP5005", $"--expire takes a duration such as 8h or 3d, not \"{text}\".");
    }

    private static void Show(
        CliHost host, bool json, PreviewReport report, ApprovalTerms.ForChangeSet terms, ApprovalVerdict verdict, LoadedPlan loaded)
    {
        if (json)
        {
            host.Out.WriteLine(ApprovalJson.Document(new ApprovalDocument(
                1, terms.Digest, terms.Signer, terms.Expires.UtcDateTime, verdict.Signers, verdict.Needed, verdict.Opens)));
            return;
        }

        host.Out.WriteLine($"{PlainText.Of(report.Plan)}: {report.VerdictWord}, {report.Touches}");
        host.Out.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"Approved {terms.Digest} as {terms.Signer} until {terms.Expires.UtcDateTime:u}."));
        host.Out.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{verdict.Signers} of {verdict.Needed} needed signatures hold. Next: {(verdict.Opens ? "mfaplan apply " + loaded.Path : "somebody else signs, too")}"));
    }
}
