using System.Globalization;

namespace MfaPlan.Engine.Ports;

/// <summary>Another session holds the state's lock.</summary>
public sealed class StateLockedException : Exception
{
    private const string Text = "The state is locked by another session.";

    /// <summary>The holder is not known; prefer the constructor that names it.</summary>
    public StateLockedException()
        : base(Text)
    {
    }

    /// <summary>With a message of its own.</summary>
    public StateLockedException(string message)
        : base(message)
    {
    }

    /// <summary>With a message of its own and the failure behind it.</summary>
    public StateLockedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Names the holder.</summary>
    /// <param name="holder">Null when the lock is held and nothing says by whom, as in the instant after it was
    /// taken.</param>
    public StateLockedException(LockHolder? holder)
        : base(holder is null
            ? Text
            : string.Create(
                CultureInfo.InvariantCulture,
                $"The state is locked by \"{holder.Doing}\" on {holder.Host}, process {holder.Pid}, since {holder.Since:u}."))
        => Holder = holder;

    /// <summary>Who holds it, as far as known.</summary>
    public LockHolder? Holder { get; }
}
