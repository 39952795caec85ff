using MfaPlan.Core.Tenants;

namespace MfaPlan.Graph.Methods;

/// <summary>The question about one user, until it is answered. In one batch at a time only, so it needs no lock.</summary>
internal sealed class MethodsAsk : TaskCompletionSource<Observed<UserMethods>>
{
    private UserMethods _methods;
    private DateTimeOffset? _at;

    public MethodsAsk(Guid user, MethodParts parts)
        : base(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        User = user;
        _methods = new UserMethods(parts);
        Missing = MethodsRead.For(parts);
    }

    public Guid User { get; }

    /// <summary>What is still to be read.</summary>
    public MethodsReads Missing { get; private set; }

    /// <summary>How many requests that takes.</summary>
    public int Requests => int.PopCount((int)Missing);

    /// <summary>Failures of the service so far.</summary>
    public int Failures { get; set; }

    /// <summary>Refusals for going too fast so far.</summary>
    public int Throttles { get; set; }

    /// <summary>Nobody waits any more.</summary>
    public bool Abandoned { get; set; }

    /// <summary>Takes what one read told. The answer's time is that of the earliest read.</summary>
    public void Take(MethodsReads read, Func<UserMethods, UserMethods> told, DateTimeOffset at)
    {
        Missing &= ~read;
        _methods = told(_methods);
        _at = _at < at ? _at : at;
    }

    /// <summary>Answers, when nothing is missing.</summary>
    public void FinishIfWhole(DateTimeOffset now)
    {
        if (Missing == MethodsReads.None)
        {
            TrySetResult(new Observed<UserMethods>.Seen(_methods, _at ?? now));
        }
    }

    /// <summary>Answers that nothing is known.</summary>
    public void GiveUp(string code)
    {
        Missing = MethodsReads.None;
        TrySetResult(new Observed<UserMethods>.Unknown(code));
    }
}
