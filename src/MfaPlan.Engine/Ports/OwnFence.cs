namespace MfaPlan.Engine.Ports;

/// <summary>The fence of a lock that nobody else can have while this process lives, such as a file that is held open.</summary>
public sealed class OwnFence : IFence
{
    private OwnFence()
    {
    }

    /// <summary>The one there is.</summary>
    public static OwnFence Instance { get; } = new();

    /// <inheritdoc/>
    public void Check()
    {
    }
}
