using System.Collections.Immutable;
using System.Security.Cryptography;
using MfaPlan.Core.Checklists;
using MfaPlan.Core.Diagnostics;
using MfaPlan.Core.Plans;

namespace MfaPlan.Cli.Composition;

/// <summary>Reads the answers that a plan keeps, and hashes the files that are evidence, anew each time.</summary>
internal static class ChecklistFiles
{
    /// <summary>The answers with what was found of their files; null where the plan keeps none. Answers that cannot be read end the command.</summary>
    public static ChecklistView? Read(CliHost host, LoadedPlan loaded) => Show(host, loaded) ?? (loaded.Plan.Checklist is null
        ? null
        : throw new CommandFailedException(
            ExitCodes.PlanInvalid, "MFP5271", "The answers of the plan's checklist could not be read; nothing was done."));

    /// <summary>The same; problems go to the error stream, and null stands for answers that could not be read, too.</summary>
    public static ChecklistView? Show(CliHost host, LoadedPlan loaded)
    {
        if (ReadAnswers(loaded) is not { } read)
        {
            return null;
        }

        if (!read.Diagnostics.IsEmpty)
        {
            host.Error.Write(DiagnosticPrinter.Print(read.Diagnostics, "text"));
        }

        return read.Succeeded ? new ChecklistView(read.Value, Hash(loaded, read.Value)) : null;
    }

    /// <summary>The answers alone, with everything noticed; null where the plan keeps none.</summary>
    public static Checked<Answers>? ReadAnswers(LoadedPlan loaded)
    {
        if (loaded.Plan.Checklist is not { Answers: var name })
        {
            return null;
        }

        var shown = Path.Combine(Path.GetDirectoryName(loaded.Path) ?? "", name).Replace('\\', '/');
        var full = loaded.Resolve(name);
        try
        {
            if (Directory.Exists(full))
            {
                return Failed(shown, "It is a folder. Name the file in it.");
            }

            if (!File.Exists(full))
            {
                return Failed(shown, "There is no such file. Begin one with: format: 1, or correct checklist.answers in the plan.");
            }

            using var stream = File.OpenRead(full);
            var bytes = new byte[Math.Min(stream.Length, PlanReader.MaxBytes + 1)];
            stream.ReadExactly(bytes);
            return AnswersReader.ReadBytes(shown, bytes);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return Failed(shown, $"The system does not let it be read: {error.Message}");
        }
    }

    private static Checked<Answers> Failed(string path, string why) =>
        new(null, [new Diagnostic(ChecklistDiagnostics.AnswersUnread, new Location.InFile(path), why)]);

    private static ImmutableSortedDictionary<string, EvidenceFile> Hash(LoadedPlan loaded, Answers answers) => answers.Items
        .SelectMany(static item => item.Evidence).Select(static evidence => evidence.File).OfType<string>().Distinct(StringComparer.Ordinal)
        .ToImmutableSortedDictionary(static file => file, file => Hash(loaded.Resolve(file)), StringComparer.Ordinal);

    /// <summary>The reasons name no folder of this machine: they stand in change sets, whose digests must be the same everywhere.</summary>
    private static EvidenceFile Hash(string path)
    {
        try
        {
            using var stream = File.OpenRead(path);
            return new EvidenceFile.Hashed(Convert.ToHexStringLower(SHA256.HashData(stream)));
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return new EvidenceFile.Unread("there is no such file");
        }
        catch (UnauthorizedAccessException)
        {
            return new EvidenceFile.Unread(Directory.Exists(path) ? "it is a folder" : "access is denied");
        }
        catch (IOException)
        {
            return new EvidenceFile.Unread("the system could not read it to its end");
        }
    }
}
