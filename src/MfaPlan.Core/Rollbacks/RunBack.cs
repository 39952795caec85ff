using System.Collections.Immutable;
using MfaPlan.Core.Changes;
using MfaPlan.Core.Journals;

namespace MfaPlan.Core.Rollbacks;

/// <summary>What undoing a run that stands would come to now.</summary>
/// <param name="Run">The run.</param>
/// <param name="Preview">The preview of its rollback; null where there can be none.</param>
/// <param name="Units">Of that preview the units that are no user's, in order.</param>
/// <param name="Users">Users affected; null where their number is not known.</param>
/// <param name="Gone">Why there can be no preview; empty where there is one.</param>
public sealed record RunBack(RunRecord Run, RunBackPreview? Preview, ImmutableArray<Unit> Units, long? Users, string Gone = "")
{
    /// <summary>The stage.</summary>
    public StageId Stage => StageId.Parse(Run.Stage);
}

/// <summary>A preview of a rollback.</summary>
/// <param name="Digest">The change set's digest.</param>
/// <param name="Footer">Its totals and the guards' words.</param>
public sealed record RunBackPreview(string Digest, ChangeSetFooter Footer);
