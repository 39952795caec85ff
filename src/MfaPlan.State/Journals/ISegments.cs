using System.Collections.Immutable;

namespace MfaPlan.State.Journals;

/// <summary>Where the segments of a journal are, as a reader needs it.</summary>
internal interface ISegments
{
    /// <summary>The numbers of the segments that there are, from 1 on.</summary>
    /// <exception cref="StateException">One is missing between others.</exception>
    ImmutableArray<int> Numbers();

    /// <summary>A segment's bytes as of now, from the first on. Others may append meanwhile.</summary>
    /// <param name="number">One of <see cref="Numbers"/>.</param>
    Stream OpenRead(int number);
}
