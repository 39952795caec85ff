using MfaPlan.Core.Changes;
using MfaPlan.Core.Tenants;

namespace MfaPlan.Engine.Applying;

/// <summary>From what a read gave to a look.</summary>
internal static class Observing
{
    /// <summary>The look made from what was seen; what is unknown stays so.</summary>
    public static Observed<Look> As<T>(Observed<T> observed, Func<T, Look> look) => observed switch
    {
        Observed<T>.Seen seen => new Observed<Look>.Seen(look(seen.Value), seen.At),
        Observed<T>.Unknown unknown => new Observed<Look>.Unknown(unknown.Code),
        _ => throw new InvalidOperationException("A read is seen or unknown."),
    };
}
