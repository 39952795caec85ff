namespace MfaPlan.Cli.Tests.Traps;

/// <summary>The stage whose preview says something of a person.</summary>
internal enum Stage
{
    /// <summary>Data are brought over.</summary>
    Migrate = 0,

    /// <summary>The person's wave.</summary>
    Wave = 1,

    /// <summary>The domain is switched.</summary>
    CutOver = 2,
}
