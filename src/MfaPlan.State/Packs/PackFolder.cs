using MfaPlan.Engine.Ports;

namespace MfaPlan.State.Packs;

/// <summary>An evidence pack in a folder, to be read.</summary>
/// <param name="folder">The folder, full.</param>
public class PackFolder(string folder) : IPackFiles
{
    /// <summary>The deepest folder of a pack is <c>approvals/DIGEST</c>.</summary>
    private const int DeepestFolder = 2;

    /// <summary>The folder, full.</summary>
    protected string Folder => folder;

    /// <inheritdoc/>
    public IEnumerable<PackEntry> List() => List(new DirectoryInfo(folder), "", 1);

    /// <inheritdoc/>
    public Stream Open(string path) => new FileStream(PathOf(path), FileMode.Open, FileAccess.Read, FileShare.Read);

    /// <summary>The full path of a file.</summary>
    protected string PathOf(string path) => Path.Combine(folder, path.Replace('/', Path.DirectorySeparatorChar));

    private static IEnumerable<PackEntry> List(DirectoryInfo folder, string above, int depth)
    {
        foreach (var entry in folder.EnumerateFileSystemInfos("*", new EnumerationOptions { AttributesToSkip = FileAttributes.None, IgnoreInaccessible = false }))
        {
            var path = above + entry.Name;
            if (entry.LinkTarget is not null || entry.Attributes.HasFlag(FileAttributes.ReparsePoint))
            {
                yield return new PackEntry(path, PackEntryKind.Other, 0);
            }
            else if (entry is not DirectoryInfo inner)
            {
                yield return new PackEntry(path, PackEntryKind.File, ((FileInfo)entry).Length);
            }
            else if (depth > DeepestFolder)
            {
                yield return new PackEntry(path, PackEntryKind.Other, 0);
            }
            else
            {
                yield return new PackEntry(path, PackEntryKind.Folder, 0);
                foreach (var one in List(inner, path + "/", depth + 1))
                {
                    yield return one;
                }
            }
        }
    }
}
