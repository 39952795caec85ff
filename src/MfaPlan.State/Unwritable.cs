namespace MfaPlan.State;

/// <summary>What the disk says when it does not take a file of the state.</summary>
internal static class Unwritable
{
    /// <summary>Whether an exception says that.</summary>
    public static bool Is(Exception exception) => exception is IOException or UnauthorizedAccessException;

    /// <summary>The refusal to show.</summary>
    public static StateException Because(string path, Exception exception) => new(
        StateDiagnostics.Unwritable,
        $"{path} cannot be written: {exception.Message.TrimEnd('.')}.",
        "Nothing is half written and nothing more is sent. Make room, give this user the permission or put the folder back, and run the command again.",
        exception);
}
