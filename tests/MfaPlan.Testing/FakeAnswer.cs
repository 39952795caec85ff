namespace MfaPlan.Testing;

/// <summary>What becomes of a request to write.</summary>
public enum FakeAnswer
{
    /// <summary>It takes effect and is answered.</summary>
    Success = 0,

    /// <summary>It takes effect and the answer is lost.</summary>
    LostAfterEffect = 1,

    /// <summary>It has no effect and no usable answer.</summary>
    LostBeforeEffect = 2,

    /// <summary>429.</summary>
    Throttled = 3,

    /// <summary>A final no.</summary>
    Refused = 4,
}
