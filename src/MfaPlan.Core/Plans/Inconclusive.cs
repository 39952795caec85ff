namespace MfaPlan.Core.Plans;

/// <summary>What a gate without enough evidence does.</summary>
public enum Inconclusive
{
    /// <summary>It waits.</summary>
    Hold = 0,
}
