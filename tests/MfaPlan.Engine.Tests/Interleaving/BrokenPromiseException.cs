namespace MfaPlan.Engine.Tests.Interleaving;

/// <summary>A write of ours that should never have been sent.</summary>
internal sealed class BrokenPromiseException : Exception
{
    /// <summary>Nothing is known of it; prefer another.</summary>
    public BrokenPromiseException()
    {
    }

    /// <summary>With the promise.</summary>
    public BrokenPromiseException(string message)
        : base(message)
    {
    }

    /// <summary>With the promise and how it came to it.</summary>
    public BrokenPromiseException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
