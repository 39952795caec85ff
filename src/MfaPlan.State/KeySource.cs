using System.Security.Cryptography;
using MfaPlan.Core.Privacy;

namespace MfaPlan.State;

/// <summary>Where the key is kept that opens the state's data keys: 32 bytes in base64.</summary>
public abstract record KeySource
{
    private const int Length = 32;

    private KeySource()
    {
    }

    /// <summary>
    /// Whether a key may be made here. Whoever runs in CI refuses that: a key made there is gone with the job.
    /// </summary>
    public bool MayMakeKey => this is File { CreateIfMissing: true };

    /// <summary>An environment variable.</summary>
    /// <param name="Name">Its name, for messages.</param>
    /// <param name="Value">Its value, read by whoever knows the environment; null when it is not set.</param>
    public sealed record Env(string Name, Secret? Value) : KeySource;

    /// <summary>A file.</summary>
    /// <param name="Path">Where.</param>
    /// <param name="CreateIfMissing">Whether <see cref="LocalState.Init"/> may make it.</param>
    public sealed record File(string Path, bool CreateIfMissing) : KeySource;

    /// <summary>No key: what needs none works, such as reading the journal.</summary>
    public sealed record None() : KeySource;

    /// <summary>The key; made first where that is allowed and it is missing.</summary>
    /// <exception cref="StateException">There is none, or it is no key.</exception>
    internal byte[] Make()
    {
        if (this is File { CreateIfMissing: true } file && !System.IO.File.Exists(file.Path))
        {
            var line = Convert.ToBase64String(RandomNumberGenerator.GetBytes(Length)) + "\n";
            WholeFile.Write(file.Path, System.Text.Encoding.ASCII.GetBytes(line), replace: false);
        }

        return Open();
    }

    /// <summary>The key.</summary>
    /// <exception cref="StateException">There is none, or it is no key.</exception>
    internal byte[] Open() => this switch
    {
        Env { Value: { } value } env => value.Reveal(text => Decode(text, $"The environment variable {env.Name}")),
        Env env => throw Missing($"The environment variable {env.Name} is not set.", $"Set {env.Name} to the key, 32 bytes in base64."),
        File file when !System.IO.File.Exists(file.Path) =>
            throw Missing(
                $"The key file {file.Path} is not there.",
                "Put it back from where it is kept safe; nothing else opens what this state sealed."),
        File file => Decode(System.IO.File.ReadAllText(file.Path), $"The key file {file.Path}"),
        _ => throw Missing("No key is given.", "Name an environment variable or a file in the plan's \"state\"."),
    };

    private static byte[] Decode(string text, string where)
    {
        var key = new byte[Length];
        return Convert.TryFromBase64String(text.Trim(), key, out var written) && written == Length
            ? key
            : throw new StateException(StateDiagnostics.KeyWrong, $"{where} holds no key.", "A key is 32 bytes in base64: 44 characters.");
    }

    private static StateException Missing(string message, string remedy) => new(
        StateDiagnostics.KeyMissing, message, remedy + " Until then \"status\" works; what reads or writes change sets does not.");
}
