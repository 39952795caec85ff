namespace MfaPlan.State;

/// <summary>What the disk says when it does not take a file of the state.</summary>
internal static class Unwritable
{
    /// <summary>Whether an exception says that.</summary>
    public static bool Is(Exception exception) => exception is IOException or UnauthorizedAccessException;

    /// <summary>The refusal to show. A temporary name says nothing to anybody, so its folder is named.</summary>
    public static StateException Because(string path, Exception exception) => new(
        StateDiagnostics.Unwritable,
        $"{(Path.GetFileName(path).StartsWith(WholeFile.TemporaryPrefix, StringComparison.Ordinal) ? Path.GetDirectoryName(path) : path)} "
        + $"cannot be written: {Reason(exception)}.",
        "Nothing is half written and nothing more is sent. Make room, give this user the permission or put the folder back, and run the command again.",
        exception);

    // The system's words are followed by the path, which is said already.
    private static string Reason(Exception exception) => exception switch
    {
        UnauthorizedAccessException => "access is denied",
        FileNotFoundException or DirectoryNotFoundException => "it is not there",
        _ => exception.Message.Split(" : '")[0].TrimEnd('.'),
    };
}
