namespace MfaPlan.Core.Changes;

/// <summary>What became of a change.</summary>
public abstract record ChangeOutcome
{
    private ChangeOutcome(string word) => Word = word;

    /// <summary>The word that the journal keeps.</summary>
    public string Word { get; }

    /// <summary>Whether the tenant is as the change wants it.</summary>
    public bool IsInPlace => this is Applied or AlreadyInPlace;

    /// <summary>Sent, and seen in place.</summary>
    /// <param name="Request">The service's request id of the answer; null where no answer came or a resumed run saw it in place.</param>
    public sealed record Applied(string? Request) : ChangeOutcome("applied");

    /// <summary>Was in place before anything was sent.</summary>
    public sealed record AlreadyInPlace() : ChangeOutcome("alreadyInPlace");

    /// <summary>Somebody changed the field since the preview; nothing was sent.</summary>
    /// <param name="Field">The change id whose field moved.</param>
    public sealed record Drifted(string Field) : ChangeOutcome("drifted");

    /// <summary>The tenant said no.</summary>
    /// <param name="Code">The service's own code, verbatim.</param>
    /// <param name="Request">The service's request id, if it gave one.</param>
    public sealed record Refused(string Code, string? Request) : ChangeOutcome("refused");

    /// <summary>Sent or perhaps sent; not seen in place before the settle window ended.</summary>
    public sealed record Unconfirmed(string? Request) : ChangeOutcome("unconfirmed");

    /// <summary>Not sent, because of something else.</summary>
    /// <param name="By">The change id or the code of what stood in the way.</param>
    public sealed record Blocked(string By) : ChangeOutcome("blocked");
}
