using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using MfaPlan.Cli.Composition;
using MfaPlan.Cli.Rendering;
using MfaPlan.Core.Gates;
using MfaPlan.Core.Plans;
using MfaPlan.Engine.Gating;
using MfaPlan.Engine.Ports;

namespace MfaPlan.Cli.Commands;

/// <summary><c>attest PLAN</c>: signs with the operator's SSH key what works and what does not after a wave.</summary>
internal static class AttestCommand
{
    public static Command Create(CliHost host)
    {
        var plan = CommonOptions.Plan();
        var wave = GateCommand.Wave();
        var yes = new Option<string[]>("--yes") { Description = $"What works, of: {Words}. Separated by commas.", HelpName = "QUESTION,…" };
        var no = new Option<string[]>("--no") { Description = "What does not.", HelpName = "QUESTION,…" };
        var note = new Option<string?>("--note") { Description = "What was tried. It is kept in clear: no names and no numbers.", HelpName = "TEXT" };
        var signing = new SignerOptions();
        var sandbox = CommonOptions.Sandbox();
        var json = CommonOptions.Json();
        var command = new Command("attest", CommonOptions.Help(
            "Signs what you have tried after a wave, with ssh-keygen and your SSH key; the wave's gate counts it. It is about the newest run of the wave "
            + "and holds for no other. Who answers again corrects what they said before. On a terminal it asks what you do not say.",
            "mfaplan attest plan.yaml --wave pilot --yes seesMethods,push --note \"tried with two pilots\"", "mfaplan attest plan.yaml --wave pilot --no callOrText"))
        {
            plan, wave, yes, no, note,
        };
        signing.AddTo(command);
        command.Add(sandbox);
        command.Add(json);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var loaded = Workspace.Load(host, parsed.GetRequiredValue(plan));
            var question = Gates.QuestionOf(loaded, parsed.GetValue(wave));
            var text = parsed.GetValue(note) ?? "";
            var given = Answers(parsed.GetValue(yes) ?? [], parsed.GetValue(no) ?? [], text);
            var state = States.OpenAny(host, loaded)
                ?? throw new CommandFailedException(ExitCodes.Failed, "MFP5011", "There is no state yet, so no wave was applied.");
            var book = Gates.BookOf(host, loaded, state);
            var demand = await DemandAsync(state, question, cancellationToken);
            var answers = given.IsEmpty ? Ask(host, question) : given;
            var (file, signer) = await signing.ReadAsync(host, parsed, loaded, key => book.PrincipalsOfAsync(key, cancellationToken));
            var now = await TenantConnection.NowAsync(host, loaded, parsed.GetValue(sandbox) ?? host.Setting("SANDBOX"), cancellationToken);
            var opinion = await book.SignAsync(
                demand,
                new AttestationTerms(
                    demand.Tenant, demand.Routing.PlanDigest, demand.Wave, demand.Routing.Run, demand.Routing.Digest, answers, text,
                    DateTimeOffset.FromUnixTimeSeconds(now.ToUnixTimeSeconds()), signer),
                file, now, cancellationToken);
            if (opinion.Flaw is { } flaw)
            {
                throw new CommandFailedException(ExitCodes.Refused, flaw.Code, $"The attestation would not count, so it is not kept. {opinion.Reason}");
            }

            var counts = AttestationJudge.Answers(question.Terms.Attest, await book.JudgeAsync(demand, now, cancellationToken));
            Show(host, parsed.GetValue(json), opinion.Terms!, question, counts, loaded);
            return ExitCodes.Done;
        });
        return command;
    }

    private static string Words => string.Join(", ", AttestationText.Questions.Select(GateJudge.WordOf));

    private static async Task<AttestationDemand> DemandAsync(IStateStore state, GateQuestion question, CancellationToken cancellationToken)
    {
        var routed = new RoutedUsers(question.Stage.Name);
        await foreach (var line in state.ReadJournalAsync(cancellationToken))
        {
            routed.Add(line.Span);
        }

        return routed.Build() switch
        {
            null => throw new CommandFailedException(
                ExitCodes.Refused, "MFP5293", $"No run has routed anybody of wave {question.Wave}, so there is nothing to attest. Apply the wave first."),
            { IsOpen: true } => throw new CommandFailedException(
                ExitCodes.Refused, "MFP5293", $"A run of wave {question.Wave} is still open, and an attestation is about a whole run. Go on with it, or abandon it."),
            { } routing => AttestationDemand.Of(question.Tenant, question.Wave, routing, question.Terms),
        };
    }

    private static ImmutableSortedDictionary<Attestation, bool> Answers(string[] yes, string[] no, string note)
    {
        if (!AttestationText.IsNote(note))
        {
            throw Usage($"--note takes one line of at most {AttestationText.LongestNote} characters, without control characters and symbols beyond the basic plane.");
        }

        var answers = ImmutableSortedDictionary.CreateBuilder<Attestation, bool>();
        foreach (var (word, works) in Split(yes, works: true).Concat(Split(no, works: false)))
        {
            var question = AttestationText.QuestionOf(word) ?? throw Usage($"There is no question \"{word}\". There are: {Words}.");
            if (answers.TryGetValue(question, out var said) && said != works)
            {
                throw Usage($"\"{word}\" cannot be answered with both yes and no.");
            }

            answers[question] = works;
        }

        return answers.ToImmutable();

        static IEnumerable<(string Word, bool Works)> Split(string[] lists, bool works) => lists
            .SelectMany(static list => list.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            .Select(word => (word, works));
    }

    private static ImmutableSortedDictionary<Attestation, bool> Ask(CliHost host, GateQuestion question)
    {
        var asked = question.Terms.Attest.IsEmpty ? AttestationText.Questions : question.Terms.Attest;
        var answers = ImmutableSortedDictionary.CreateBuilder<Attestation, bool>();
        foreach (var one in host.IsInteractive ? asked : [])
        {
            host.Error.Write($"{GateLines.QuestionOf(one)} [y/n, Enter leaves it out] ");
            host.Error.Flush();
            if (host.In.ReadLine()?.Trim() is ['y' or 'Y' or 'n' or 'N', ..] answer)
            {
                answers[one] = answer[0] is 'y' or 'Y';
            }
        }

        return answers.Count > 0 ? answers.ToImmutable() : throw Usage($"Say what works with --yes and what does not with --no, of: {Words}.");
    }

    private static CommandFailedException Usage(string message) => new(ExitCodes.WrongUsage, "MFP5292", message);

    private static void Show(
        CliHost host, bool json, AttestationTerms terms, GateQuestion question, ImmutableArray<GateAnswer> counts, LoadedPlan loaded)
    {
        if (json)
        {
            host.Out.WriteLine(GateJson.Document(new AttestedDocument(
                1, question.Stage.Name, terms.Run, terms.Signer, terms.At.UtcDateTime, AnswerLine.Of(counts, question.Terms.Signers))));
            return;
        }

        var said = terms.Answers.Select(static answer => $"{GateJudge.WordOf(answer.Key)} {(answer.Value ? "yes" : "no")}");
        host.Out.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"Attested for {PlainText.Of(question.Stage.Name)}, run {terms.Run}, as {terms.Signer} at {terms.At.UtcDateTime:u}: {string.Join(", ", said)}."));
        foreach (var answer in counts)
        {
            host.Out.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"  {GateJudge.WordOf(answer.Question),-14} {answer.Yes} of {question.Terms.Signers} needed say yes{(answer.No > 0 ? $", {answer.No} no" : "")}"));
        }

        foreach (var beyond in terms.Answers.Keys.Where(answered => !question.Terms.Attest.Contains(answered)))
        {
            host.Out.WriteLine($"  {GateJudge.WordOf(beyond),-14} kept, and not asked by this gate");
        }

        host.Out.WriteLine($"Next: mfaplan gate {loaded.Path} --wave {PlainText.Of(question.Wave)}");
    }
}
