using System.Collections.Immutable;
using System.Net;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using MfaPlan.Cli.Composition;
using MfaPlan.Cli.Tests.Evidence;
using MfaPlan.Engine.Ports;
using MfaPlan.State;

namespace MfaPlan.Cli.Tests.Scenarios;

/// <summary>
/// Carries out the steps of a <c>scenario.txt</c> in a copy of its folder. One step a line, # begins a comment:
/// <code>
/// run ARGS                  runs mfaplan; here and in names of files {digest} and {run} stand for the last that were printed, {first-run} for the first
/// expect-exit N             the last run's exit code
/// show TEXT                 lines of output that hold TEXT belong into expected.txt, from here on
/// env NAME=VALUE            sets a variable of the runs
/// clock INSTANT             lets the runs begin at an instant, so that dates of the world come out the same for ever
/// answer TEXT               somebody sits there and types TEXT when the next runs ask
/// edit FILE: OLD => NEW     replaces a text of a file that is there exactly once
/// write FILE: TEXT          makes a file; \n is a new line, \xHH a byte
/// append FILE: TEXT         adds to a file's end
/// repeat N FILE: TEXT       adds N times
/// flip FILE BYTE            changes one bit of a byte, counted from 0, or from the end as -1
/// cut FILE BYTES            takes bytes off the end
/// copy FILE TO              copies a file
/// delete FILE               deletes a file or a folder with all in it
/// folder PATH               makes a folder
/// hold FILE                 keeps a file open for itself alone, as another program would, until the end
/// hold-lock                 opens the state of plan.yaml as another program would, until the end
/// vault HOW                 the runs ask a vault of the tests, https://contoso-mfa.vault.azure.net/keys/mfaplan; HOW is works, unreachable, refuses or disabled
/// link PATH TO              makes a name for another place of this machine
/// other-rules               writes the one change set again as a version with other rules would have; {digest} is then its digest
/// key NAME                  makes an SSH key, NAME and NAME.pub
/// allow WHO NAME            lets a key sign as WHO in allowed_signers, and pins that in plan.yaml
/// remake DIR                makes the manifest of an evidence pack and its digest fit the files that are there, as a forger would
/// allow-attest WHO NAME     lets a key sign attestations, too
/// routed RUN                a run of the first wave, 1 to 9, that routed the first two users, stands in the journal
/// stray                     starts a server that sends everybody on to another host, until the end; {address} is its address
/// </code>
/// FILE may have one * in its name, and one in its folder's.
/// </summary>
internal sealed partial class Scenario : IAsyncDisposable
{
    private readonly Cli _cli;
    private readonly Transcript _transcript;
    private readonly Dictionary<string, string> _seen = new(StringComparer.Ordinal);
    private readonly List<FileStream> _files = [];
    private IStateSession? _held;
    private KeyVaults? _vault;
    private HttpListener? _server;
    private string? _answer;
    private Ran? _last;

    private Scenario(Cli cli, string code)
    {
        _cli = cli;
        _transcript = new Transcript(code, cli.Folder);
    }

    /// <summary>Everything that was said, as it is.</summary>
    public string Said { get; private set; } = "";

    /// <summary>The text for expected.txt.</summary>
    public string Expected => _transcript.ToString();

    /// <summary>Carries out a folder's scenario.</summary>
    public static async Task<Scenario> CarryOutAsync(string folder, string code)
    {
        var scenario = new Scenario(Cli.In(folder), code);
        try
        {
            foreach (var step in Step.Read(await File.ReadAllTextAsync(scenario._cli.PathOf("scenario.txt"))))
            {
                await scenario.DoAsync(step);
            }

            return scenario;
        }
        catch
        {
            await scenario.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_held is not null)
        {
            await _held.DisposeAsync();
        }

        _server?.Close();
        _vault?.Dispose();
        _files.ForEach(static file => file.Dispose());
        _cli.Dispose();
    }

    private async Task DoAsync(Step step)
    {
        switch (step.Word)
        {
            case "run":
                await RunAsync(step.Rest);
                break;
            case "expect-exit":
                (_last?.Exit).ShouldBe(int.Parse(step.Rest, System.Globalization.CultureInfo.InvariantCulture),
                    $"line {step.Number}\n{_last?.Error}\n{_last?.Out}");
                break;
            case "show":
                _transcript.Shown.Add(step.Rest);
                break;
            case "env":
                var (name, value) = step.Split("=");
                _cli.Environment[name] = value;
                break;
            case "clock":
                var start = DateTimeOffset.Parse(step.Rest, System.Globalization.CultureInfo.InvariantCulture);
                _cli.Time = new OffsetClock(TimeProvider.System, start - TimeProvider.System.GetUtcNow());
                break;
            case "answer":
                _answer = step.Rest;
                break;
            case "hold":
                _files.Add(new FileStream(Find(step.Rest), FileMode.Open, FileAccess.ReadWrite, FileShare.None));
                break;
            case "hold-lock":
                _held = await State().OpenAsync("apply plan.yaml", TestContext.Current.CancellationToken);
                break;
            case "other-rules":
                _seen["digest"] = await Elsewhere.OtherRulesAsync(State(), TestContext.Current.CancellationToken);
                break;
            case "vault":
                _cli.Vault = (_vault ??= new KeyVaults()).As(step.Rest);
                break;
            case "key":
                SshKeys.Make(_cli, step.Rest);
                break;
            case "allow":
                SshKeys.Allow(_cli, step.Words[0], step.Words[1]);
                break;
            case "remake":
                PackForger.Remake(_cli.PathOf(step.Rest));
                break;
            case "allow-attest":
                SshKeys.Allow(_cli, step.Words[0], step.Words[1], "mfaplan-approval-v1,mfaplan-attestation-v1");
                break;
            case "routed":
                await WaveRuns.AppendAsync(
                    Host(TextWriter.Null, TextWriter.Null, TextReader.Null), int.Parse(step.Rest, System.Globalization.CultureInfo.InvariantCulture),
                    Guid.Parse("00000000-0000-4000-8000-000000000001"), Guid.Parse("00000000-0000-4000-8000-000000000002"));
                break;
            case "stray":
                (_server, _seen["address"]) = Elsewhere.Stray();
                break;
            default:
                ChangeFiles(step with { Rest = Filled(step.Rest) });
                break;
        }
    }

    private void ChangeFiles(Step step)
    {
        switch (step.Word)
        {
            case "edit":
                var (file, change) = step.Split(":");
                var (old, replacement) = (step with { Rest = change }).Split("=>");
                var text = File.ReadAllText(Find(file));
                (text.Split(old).Length - 1).ShouldBe(1, $"line {step.Number}: \"{old}\" must be in {file} once.");
                File.WriteAllText(Find(file), text.Replace(old, replacement, StringComparison.Ordinal));
                break;
            case "write":
                var (target, content) = step.Split(":");
                File.WriteAllBytes(_cli.PathOf(target), Step.Bytes(content));
                break;
            case "append":
                var (end, more) = step.Split(":");
                Append(end, Step.Bytes(more), 1);
                break;
            case "repeat":
                var (head, part) = step.Split(":");
                var words = (step with { Rest = head }).Words;
                Append(words[1], Step.Bytes(part), int.Parse(words[0], System.Globalization.CultureInfo.InvariantCulture));
                break;
            case "flip":
                var bytes = File.ReadAllBytes(Find(step.Words[0]));
                var at = int.Parse(step.Words[1], System.Globalization.CultureInfo.InvariantCulture);
                bytes[at < 0 ? bytes.Length + at : at] ^= 1;
                File.WriteAllBytes(Find(step.Words[0]), bytes);
                break;
            case "cut":
                using (var stream = new FileStream(Find(step.Words[0]), FileMode.Open))
                {
                    stream.SetLength(stream.Length - int.Parse(step.Words[1], System.Globalization.CultureInfo.InvariantCulture));
                }

                break;
            case "copy":
                File.Copy(Find(step.Words[0]), _cli.PathOf(step.Words[1]), overwrite: true);
                break;
            case "delete" when Directory.Exists(_cli.PathOf(step.Rest)):
                Directory.Delete(_cli.PathOf(step.Rest), recursive: true);
                break;
            case "delete":
                File.Delete(Find(step.Rest));
                break;
            case "link":
                File.CreateSymbolicLink(_cli.PathOf(step.Words[0]), step.Words[1]);
                break;
            case "folder":
                Directory.CreateDirectory(_cli.PathOf(step.Rest));
                break;
            default:
                throw new FormatException($"Line {step.Number}: there is no step {step.Word}.");
        }
    }

    private void Append(string file, byte[] bytes, int times)
    {
        using var stream = new FileStream(_cli.PathOf(file), FileMode.Append);
        for (var time = 0; time < times; time++)
        {
            stream.Write(bytes);
        }
    }

    private string Find(string file)
    {
        if (!file.Contains('*', StringComparison.Ordinal))
        {
            return _cli.PathOf(file);
        }

        var folder = Path.GetDirectoryName(_cli.PathOf(file))!;
        if (folder.Contains('*', StringComparison.Ordinal))
        {
            folder = Directory.GetDirectories(Path.GetDirectoryName(folder)!, Path.GetFileName(folder)).Single();
        }

        var found = Directory.GetFiles(folder, Path.GetFileName(file));
        found.Length.ShouldBe(1, $"{file} must be one file.");
        return found[0];
    }

    private async Task RunAsync(string arguments)
    {
        _last = await RunAsync([.. arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Filled)]);
        foreach (var (what, pattern) in new[] { ("digest", Digest()), ("run", Run()) })
        {
            if (pattern.Match(_last.Out) is { Success: true } match)
            {
                _seen[what] = match.Groups["it"].Value;
                _seen.TryAdd("first-" + what, match.Groups["it"].Value);
            }
        }

        Said += _last.Error + _last.Out;
        _transcript.Add(arguments, _last);
    }

    private string Filled(string text) =>
        _seen.Aggregate(text, static (filled, seen) => filled.Replace("{" + seen.Key + "}", seen.Value, StringComparison.Ordinal));

    private async Task<Ran> RunAsync(string[] arguments)
    {
        if (_answer is null)
        {
            return await _cli.RunAsync(arguments);
        }

        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        using var input = new StringReader(_answer);
        var host = Host(output, error, input) with { IsInteractive = true };
        var exit = await CommandLine.RunAsync(arguments, host, TestContext.Current.CancellationToken);
        return new Ran(exit, output.ToString(), error.ToString());
    }

    private LocalState State()
    {
        var loaded = Workspace.Load(Host(TextWriter.Null, TextWriter.Null, TextReader.Null), "plan.yaml");
        return LocalState.Open(
            loaded.StateFolder, loaded.Plan.Tenant.Id, sandbox: true, new KeySource.File(States.KeyFile(loaded), CreateIfMissing: false), TimeProvider.System);
    }

    private CliHost Host(TextWriter output, TextWriter error, TextReader input) => new()
    {
        Out = output,
        Error = error,
        In = input,
        Environment = _cli.Environment.ToImmutableDictionary(StringComparer.Ordinal),
        WorkingDirectory = _cli.Folder,
        Random = RandomNumberGenerator.GetBytes,
        Vault = _cli.Vault,
    };

    [GeneratedRegex("\\b(?<it>[0-9a-f]{64})\\b", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Digest();

    [GeneratedRegex("\\bRun (?<it>[0-9a-f]{8})\\b", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Run();
}
