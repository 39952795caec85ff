using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using MfaPlan.Core.Diagnostics;
using MfaPlan.Core.Sources;

namespace MfaPlan.Sources.Files;

/// <summary>
/// A file as text: UTF-8 held strictly, or UTF-16 where a byte order mark says so; hashed while it is read. A byte that
/// does not fit, or a file that cannot be opened, ends the text and leaves a <see cref="Problem"/>, so that no reader
/// above needs to know about exceptions.
/// </summary>
/// <param name="file">The file; it is opened at the first reading.</param>
internal sealed class TextFile(InputFile file) : IDisposable
{
    private readonly byte[] _bytes = new byte[1 << 16];
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private FileStream? _stream;
    private Decoder? _decoder;
    private long _offset;
    private bool _ended;

    /// <summary>The file's path as the plan gives it.</summary>
    public string Path => file.Path;

    /// <summary>The most characters that one call of <see cref="ReadAsync"/> gives.</summary>
    public int MaxRead => _bytes.Length + 2;

    /// <summary>What ended the text before its end.</summary>
    public Diagnostic? Problem { get; private set; }

    /// <summary>The hash of all bytes, in lower-case hex; asked for once, after the end.</summary>
    public string Sha256() => Convert.ToHexStringLower(_hash.GetCurrentHash());

    /// <summary>Reads some characters.</summary>
    /// <param name="into">Room for at least <see cref="MaxRead"/> characters.</param>
    /// <param name="cancel">Stops the reading.</param>
    /// <returns>How many were read; 0 at the end or at a problem.</returns>
    public async ValueTask<int> ReadAsync(Memory<char> into, CancellationToken cancel)
    {
        if (_stream is null && !_ended && (_stream = SourceFile.Open(file, out var closed)) is null)
        {
            return Stop(closed);
        }

        while (_stream is not null && !_ended)
        {
            int count;
            try
            {
                count = await _stream.ReadAtLeastAsync(_bytes, _bytes.Length, throwOnEndOfStream: false, cancel);
            }
            catch (IOException broken)
            {
                return Stop(SourceDiagnostics.UnreadableAt(Path, broken.GetType().Name));
            }

            _ended = count < _bytes.Length;
            _hash.AppendData(_bytes, 0, count);
            var start = 0;
            if (_decoder is null && Begin(_bytes.AsSpan(0, count), out start) is { } problem)
            {
                return Stop(problem);
            }

            try
            {
                var chars = _decoder.GetChars(_bytes.AsSpan(start, count - start), into.Span, flush: _ended);
                _offset += count;
                if (chars > 0)
                {
                    return chars;
                }
            }
            catch (DecoderFallbackException invalid)
            {
                return Stop(SourceDiagnostics.EncodingAt(Path, _offset + start + invalid.Index));
            }
        }

        return 0;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stream?.Dispose();
        _hash.Dispose();
    }

    [MemberNotNull(nameof(_decoder))]
    private Diagnostic? Begin(ReadOnlySpan<byte> first, out int start)
    {
        (Encoding encoding, start) = first switch
        {
            [0xEF, 0xBB, 0xBF, ..] => (new UTF8Encoding(false, throwOnInvalidBytes: true), 3),
            [0xFF, 0xFE, ..] => (new UnicodeEncoding(bigEndian: false, true, throwOnInvalidBytes: true), 2),
            [0xFE, 0xFF, ..] => ((Encoding)new UnicodeEncoding(bigEndian: true, true, throwOnInvalidBytes: true), 2),
            _ => (new UTF8Encoding(false, throwOnInvalidBytes: true), 0),
        };
        _decoder = encoding.GetDecoder();
        var nul = start == 0 ? first[..Math.Min(4, first.Length)].IndexOf((byte)0) : -1;
        return nul >= 0 ? SourceDiagnostics.EncodingAt(Path, nul) : null;
    }

    private int Stop(Diagnostic? problem)
    {
        Problem = problem;
        _ended = true;
        return 0;
    }
}
