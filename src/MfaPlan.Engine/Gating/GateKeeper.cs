using System.Collections.Immutable;
using MfaPlan.Core.Gates;
using MfaPlan.Core.Journals;
using MfaPlan.Core.Tenants;
using MfaPlan.Engine.Ports;

namespace MfaPlan.Engine.Gating;

/// <summary>Gathers a gate's evidence, has it judged, and records what was judged by. Sends nothing to the tenant.</summary>
/// <param name="state">Journal, attestations and readings.</param>
/// <param name="attestations">The plan's attestations; null where the plan has nobody who may sign, so that there are none.</param>
/// <param name="time">The clock of the journal's lines.</param>
public sealed class GateKeeper(IStateStore state, AttestationBook? attestations, TimeProvider time)
{
    /// <summary>How the file of a reading ends.</summary>
    public const string Extension = ".reading";

    /// <summary>Gathers and judges; records nothing and takes no lock.</summary>
    /// <param name="question">Whose gate, by what.</param>
    /// <param name="log">The sign-ins; not asked where the terms ask nothing of them.</param>
    /// <param name="now">By which waits are judged.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public async Task<GateEvidence> GatherAsync(GateQuestion question, ISignInLog log, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var routed = new RoutedUsers(question.Stage.Name);
        await foreach (var line in state.ReadJournalAsync(cancellationToken))
        {
            routed.Add(line.Span);
        }

        now = now.ToUniversalTime();
        var routing = routed.Build();
        var asks = routing is not null && question.Terms.AskSignIns;
        var covered = asks ? await log.CoverAsync(now, cancellationToken) : null;
        var query = GateQuery.Of(question.Tenant, question.Stage.ToText(), question.Terms, now, routing, covered?.SeenOrDefault);
        var signIns = covered switch
        {
            null => new SignInEvidence.NotAsked(),
            Observed<SignInCoverage>.Unknown unknown => new SignInEvidence.Unread(unknown.Code),
            _ => await ReadAsync(query, routed.Users, log, cancellationToken),
        };
        var opinions = routing is not null && attestations is not null
            ? await attestations.JudgeAsync(AttestationDemand.Of(question.Tenant, question.Wave, routing, question.Terms), now, cancellationToken)
            : [];
        return new GateEvidence(
            new GateReading(query, new GateSample(signIns, AttestationJudge.Answers(question.Terms.Attest, opinions))), opinions);
    }

    /// <summary>Keeps a reading and appends it to the journal: durable when it returns.</summary>
    /// <param name="reading">What was judged.</param>
    /// <param name="journal">A journal of a session that holds the lock.</param>
    /// <param name="cancellationToken">Stops before the reading is kept.</param>
    public async Task RecordAsync(GateReading reading, IJournal journal, CancellationToken cancellationToken)
    {
        // The reading first: a line without one could not be judged again.
        await state.Approvals.AddAsync(reading.QueryDigest, reading.SampleDigest + Extension, reading.Write(), cancellationToken);
        await journal.AppendAsync(new JournalEntry.Gate(
            time.GetUtcNow(), reading.Query.Stage, reading.Decision.Word, reading.QueryDigest, reading.SampleDigest));
    }

    /// <summary>The kept reading of a journal's line, judged again; null when there is none.</summary>
    /// <param name="line">The line.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="FormatException">It is not the reading that the line is about; the message says why.</exception>
    public async Task<GateReading?> ReadAsync(JournalEntry.Gate line, CancellationToken cancellationToken)
    {
        if (await state.Approvals.ReadAsync(line.Query, line.Sample + Extension, cancellationToken) is not { } bytes)
        {
            return null;
        }

        var reading = GateReading.Read(bytes.Span);
        return reading.QueryDigest == line.Query && reading.SampleDigest == line.Sample && reading.Decision.Word == line.Result && reading.Query.Stage == line.Stage
            ? reading
            : throw new FormatException("it is not the reading that the journal is about");
    }

    /// <summary>The sign-ins of a query's windows, counted as they stream by.</summary>
    internal static async Task<SignInEvidence> ReadAsync(
        GateQuery query, IReadOnlyCollection<Guid> users, ISignInLog log, CancellationToken cancellationToken)
    {
        var watched = query.Watched ?? throw new InvalidOperationException("What a log covers is watched.");
        var tally = new SignInTally(users, watched, query.Baseline);
        var whole = new GateWindow(query.Baseline?.From ?? watched.From, watched.Until);
        if (watched.Length == TimeSpan.Zero)
        {
            return tally.Build();
        }

        return await log.ReadAsync(whole, users, fact => tally.Add(fact), cancellationToken) switch
        {
            Observed<long>.Unknown unknown => new SignInEvidence.Unread(unknown.Code),
            _ => tally.Build(),
        };
    }
}

/// <summary>A gate's reading with what is held of each attestation.</summary>
/// <param name="Reading">What was asked, answered and decided.</param>
/// <param name="Attestations">An opinion of each attestation that is kept for the run.</param>
public sealed record GateEvidence(GateReading Reading, ImmutableArray<AttestationOpinion> Attestations)
{
    /// <summary>What the gate came to.</summary>
    public GateDecision Decision => Reading.Decision;
}
