using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MfaPlan.Sandbox.Tenant;

/// <summary>The write-ahead file beside the state: one line for each effective write, flushed before the answer is
/// sent.</summary>
internal sealed class StateLog : IDisposable
{
    /// <summary>When the lines have become so many that the state should be written anew.</summary>
    private const long FullLength = 64 * 1024 * 1024;

    private readonly string _path;
    private readonly Lock _gate = new();
    private FileStream _stream;
    private bool _isFull;

    public StateLog(string stateFile)
    {
        _path = PathOf(stateFile);
        _stream = Open(_path);
    }

    /// <summary>Called once when the file has grown long; rotating it starts anew.</summary>
    public Action? Full { get; set; }

    /// <summary>Whether anything was written since the state file was.</summary>
    public bool HasLines
    {
        get
        {
            lock (_gate)
            {
                return _stream.Length > 0;
            }
        }
    }

    public static string PathOf(string stateFile) => stateFile + ".wal";

    /// <summary>The part that is being folded into the state file.</summary>
    public static string FoldingPathOf(string stateFile) => stateFile + ".wal.folding";

    /// <summary>Writes one line with the changes of one write; after this they survive the end of the
    /// process.</summary>
    public void Append(IEnumerable<JsonObject> changes)
    {
        var line = new JsonObject { ["changes"] = new JsonArray([.. changes]) }.ToJsonString(Json.Compact) + "\n";
        var bytes = Encoding.UTF8.GetBytes(line);
        lock (_gate)
        {
            _stream.Write(bytes);
            _stream.Flush();
            if (_isFull || _stream.Length < FullLength)
            {
                return;
            }

            _isFull = true;
        }

        Full?.Invoke();
    }

    /// <summary>Puts the lines so far aside, to be dropped once the state file holds them.</summary>
    public void Rotate(string folding)
    {
        lock (_gate)
        {
            _stream.Dispose();
            _isFull = false;
            if (File.Exists(folding))
            {
                using var target = new FileStream(folding, FileMode.Append, FileAccess.Write);
                using var source = File.OpenRead(_path);
                target.Write("\n"u8);
                source.CopyTo(target);
                File.Delete(_path);
            }
            else
            {
                File.Move(_path, folding);
            }

            _stream = Open(_path);
        }
    }

    /// <summary>The changes of a log, oldest first; a line torn by a kill was never answered and is left out.</summary>
    public static IEnumerable<JsonElement> Read(string path)
    {
        if (!File.Exists(path))
        {
            yield break;
        }

        foreach (var line in File.ReadLines(path))
        {
            foreach (var change in Parse(line).Items("changes"))
            {
                yield return change;
            }
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _stream.Dispose();
        }
    }

    private static JsonElement Parse(string line)
    {
        try
        {
            return line.Length == 0 ? default : JsonElement.Parse(line);
        }
        catch (JsonException)
        {
            return default;
        }
    }

    private static FileStream Open(string path)
    {
        var stream = PrivateFile.Open(path, FileMode.OpenOrCreate);
        stream.Seek(0, SeekOrigin.End);
        return stream;
    }
}
