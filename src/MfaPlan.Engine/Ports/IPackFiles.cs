namespace MfaPlan.Engine.Ports;

/// <summary>The files of an evidence pack, to be read. Whoever made the folder may have meant harm.</summary>
public interface IPackFiles
{
    /// <summary>
    /// Everything below the folder, in no order; links are named and not followed, and what is deeper than a pack is, is named by the
    /// folder that holds it.
    /// </summary>
    /// <exception cref="IOException">A folder cannot be read.</exception>
    IEnumerable<PackEntry> List();

    /// <summary>Opens a file to be read forward.</summary>
    /// <param name="path">Relative, with slashes; one that <see cref="List"/> named as a file.</param>
    /// <exception cref="IOException">It cannot be read.</exception>
    Stream Open(string path);
}

/// <summary>An evidence pack under a temporary name; it has its own only when it is complete.</summary>
public interface IPackTarget : IPackFiles
{
    /// <summary>Makes a file; its content is durable when the stream is closed.</summary>
    /// <param name="path">Relative, with slashes.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    Stream Create(string path);
}

/// <summary>Something in a pack's folder.</summary>
/// <param name="Path">Relative, with slashes.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Bytes">A file's length; 0 for others.</param>
public readonly record struct PackEntry(string Path, PackEntryKind Kind, long Bytes);

/// <summary>What something in a pack's folder is.</summary>
public enum PackEntryKind
{
    /// <summary>A file.</summary>
    File = 0,

    /// <summary>A folder.</summary>
    Folder = 1,

    /// <summary>A link, a device, or a folder that is deeper than any of a pack: it is not looked into.</summary>
    Other = 2,
}
