using System.Collections.Immutable;
using System.Text.Json.Serialization;
using MfaPlan.Core.Plans;

namespace MfaPlan.Core.Gates;

/// <summary>What a gate was answered: counts, no object ids.</summary>
/// <param name="SignIns">What the sign-in log said.</param>
/// <param name="Answers">What people vouched for, one for each question of the terms, in their order.</param>
public sealed record GateSample(SignInEvidence SignIns, ImmutableArray<GateAnswer> Answers)
{
    /// <inheritdoc/>
    public bool Equals(GateSample? other) =>
        other is not null && SignIns == other.SignIns && Answers.AsSpan().SequenceEqual(other.Answers.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(SignIns, Answers.Length);
}

/// <summary>What the sign-in log said about the users of a wave.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "is")]
[JsonDerivedType(typeof(NotAsked), "notAsked")]
[JsonDerivedType(typeof(Unread), "unread")]
[JsonDerivedType(typeof(Read), "read")]
public abstract record SignInEvidence
{
    private SignInEvidence()
    {
    }

    /// <summary>The terms ask nothing of it, or nobody is routed yet.</summary>
    public sealed record NotAsked : SignInEvidence;

    /// <summary>Nothing is known of it.</summary>
    /// <param name="Code">The service's error code or the transport's, without personal data.</param>
    public sealed record Unread(string Code) : SignInEvidence;

    /// <summary>Read whole, within the query's windows.</summary>
    /// <param name="Watched">The time after the wave.</param>
    /// <param name="Baseline">The time before; null where the query has none.</param>
    public sealed record Read(WatchedCounts Watched, BaselineCounts? Baseline) : SignInEvidence;
}

/// <summary>The users of a wave in the time after it.</summary>
/// <param name="SignIns">Sign-ins of theirs.</param>
/// <param name="Interrupts">Those of them that were interrupts.</param>
/// <param name="FreshUsers">Users with a fresh MFA in the cloud.</param>
/// <param name="FailedUsers">Users whose last failure no fresh MFA in the cloud has followed.</param>
/// <param name="SeenUsers">Users with either.</param>
/// <param name="CallOrText">Of <paramref name="FreshUsers"/>, those by call or text message.</param>
/// <param name="Push">Those by notification.</param>
/// <param name="Code">Those by a code.</param>
/// <param name="Unknown">Those by a method whose name is not known.</param>
public sealed record WatchedCounts(
    long SignIns, long Interrupts, int FreshUsers, int FailedUsers, int SeenUsers, int CallOrText, int Push, int Code, int Unknown);

/// <summary>The same users in the time before the wave.</summary>
/// <param name="SeenUsers">Users who signed in or failed.</param>
/// <param name="FailedUsers">Those whose last failure no successful sign-in has followed.</param>
public sealed record BaselineCounts(int SeenUsers, int FailedUsers);

/// <summary>What people vouched for of one question.</summary>
/// <param name="Question">The question.</param>
/// <param name="Yes">Different people whose newest answer is yes.</param>
/// <param name="No">People whose newest answer is no.</param>
/// <param name="Unreadable">Attestations that are kept for this run and cannot be read, or whose signature is broken: they may hold any answer.</param>
public sealed record GateAnswer(Attestation Question, int Yes, int No, int Unreadable);
