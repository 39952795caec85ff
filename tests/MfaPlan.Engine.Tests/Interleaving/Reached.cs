namespace MfaPlan.Engine.Tests.Interleaving;

/// <summary>How far a sequence came, so that the test cannot go blind.</summary>
[Flags]
internal enum Reached
{
    None = 0,
    Prepare = 1,
    Migrate = 2,
    Wave = 4,
    CutOver = 8,
    PrepareBack = 16,
    MigrateBack = 32,
    WaveBack = 64,
    CutOverBack = 128,
    Killed = 256,
    Resumed = 512,
    Older = 1024,
    Blocked = 2048,
    WithoutPhones = 4096,
    Race = 8192,
}
