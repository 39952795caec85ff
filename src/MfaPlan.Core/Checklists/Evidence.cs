using System.ComponentModel;

namespace MfaPlan.Core.Checklists;

/// <summary>A piece of evidence; exactly one of text, link and file.</summary>
public sealed record Evidence
{
    /// <summary>A statement.</summary>
    [Description("A statement.")]
    public string? Text { get; init; }

    /// <summary>An address, https.</summary>
    [Description("An address, https.")]
    public Uri? Link { get; init; }

    /// <summary>A file; relative to the plan's folder.</summary>
    [Description("A file; relative to the plan's folder.")]
    public string? File { get; init; }

    /// <summary>The SHA-256 of the file, 64 hex digits; the file is hashed again whenever the answer counts.</summary>
    [Description("The SHA-256 of the file, 64 hex digits; the file is hashed again whenever the answer counts.")]
    public string? Sha256 { get; init; }
}
