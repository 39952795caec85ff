using System.Collections.Immutable;
using MfaPlan.Core.Changes;
using MfaPlan.Core.Tenants;

namespace MfaPlan.Engine.Previewing;

/// <summary>What a preview came to. The change set is in the state under its digest.</summary>
/// <param name="Digest">64 hex digits.</param>
/// <param name="Header">What it was made from.</param>
/// <param name="Footer">What it adds up to, and the guards' word.</param>
/// <param name="Scope">The users it was about, by object id.</param>
public sealed record PreviewResult(string Digest, ChangeSetHeader Header, ChangeSetFooter Footer, ImmutableArray<DirectoryUser> Scope)
{
    /// <summary>The users whom the way back of a wave moves, whoever added them to its groups; empty for other change sets.</summary>
    public ImmutableHashSet<Guid> MovedBack { get; init; } = [];
}
