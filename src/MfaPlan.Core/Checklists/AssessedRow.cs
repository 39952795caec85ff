namespace MfaPlan.Core.Checklists;

/// <summary>A row of the guide for one plan.</summary>
/// <param name="Row">The row.</param>
/// <param name="Found">What is known of its use, and from where.</param>
/// <param name="Verdict">What becomes of it.</param>
/// <param name="Next">What to do; null for nothing.</param>
public sealed record AssessedRow(GuideRow Row, string Found, RowVerdict Verdict, string? Next);
