using MfaPlan.Engine.Ports;

namespace MfaPlan.Testing;

/// <summary>A fence that closes after some checks, or when it is told to, and stays closed.</summary>
/// <param name="checks">Checks that it lets pass.</param>
public sealed class TestFence(int checks = int.MaxValue) : IFence
{
    private int _left = checks;

    /// <summary>Lets nothing pass from now on.</summary>
    public void Close() => Interlocked.Exchange(ref _left, int.MinValue / 2);

    /// <inheritdoc/>
    public void Check()
    {
        if (Interlocked.Decrement(ref _left) < 0)
        {
            throw new LockLostException("The test closed the fence.");
        }
    }
}
