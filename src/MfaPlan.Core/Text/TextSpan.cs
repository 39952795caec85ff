namespace MfaPlan.Core.Text;

/// <summary>A piece of a source text: where it starts and how long it is, in UTF-16 units.</summary>
/// <param name="Start">Offset of the first unit, from 0.</param>
/// <param name="Length">Number of units; 0 marks a place between two characters.</param>
public readonly record struct TextSpan(int Start, int Length)
{
    /// <summary>Offset just behind the last unit.</summary>
    public int End => Start + Length;
}
