using System.Buffers;
using System.Text.Json;
using MfaPlan.Core.Changes;

namespace MfaPlan.Core.Evidence;

/// <summary>Makes the lines of tables. A table begins with a line that names it and its format, so that no file of a pack is empty.</summary>
/// <param name="format">The pack's format, which is that of its tables.</param>
/// <param name="sink">Takes the table's file and the next line, without line end; its bytes are valid until the call returns.</param>
internal sealed class PackTable(int format, Action<string, ReadOnlyMemory<byte>> sink) : IDisposable
{
    private readonly ArrayBufferWriter<byte> _buffer = new(1024);
    private readonly Utf8JsonWriter _json = new(Stream.Null, ChangeSetDigest.Options);

    /// <summary>Begins a table.</summary>
    /// <param name="file">One of <see cref="PackPaths.Tables"/>.</param>
    public void Begin(string file) => Add(file, json =>
    {
        json.WriteNumber("format", format);
        json.WriteString("table", file[..^".jsonl".Length]);
    });

    /// <summary>Adds a line.</summary>
    /// <param name="file">One of <see cref="PackPaths.Tables"/>.</param>
    /// <param name="members">Writes the members of its object.</param>
    public void Add(string file, Action<Utf8JsonWriter> members)
    {
        _buffer.ResetWrittenCount();
        _json.Reset(_buffer);
        _json.WriteStartObject();
        members(_json);
        _json.WriteEndObject();
        _json.Flush();
        sink(file, _buffer.WrittenMemory);
    }

    /// <inheritdoc/>
    public void Dispose() => _json.Dispose();
}
