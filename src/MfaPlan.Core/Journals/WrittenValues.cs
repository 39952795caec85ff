using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using MfaPlan.Core.Changes;
using MfaPlan.Core.Sealing;

namespace MfaPlan.Core.Journals;

/// <summary>
/// Keyed fingerprints of the values that we wrote last into a user's fields, so that a value that somebody set since can be told from ours.
/// The journal keeps 64 bits of each, the ledger 32: half a million users have them in memory.
/// </summary>
public readonly record struct WrittenValues
{
    private const int Bytes = 8;
    private const string Nothing = "-";

    private readonly uint _mobile;
    private readonly uint _alternateMobile;
    private readonly uint _office;
    private readonly uint _default;
    private readonly byte _known;

    private WrittenValues(uint mobile, uint alternateMobile, uint office, uint @default, byte known)
    {
        _mobile = mobile;
        _alternateMobile = alternateMobile;
        _office = office;
        _default = @default;
        _known = known;
    }

    /// <summary>Whether we never wrote any of them.</summary>
    public bool IsEmpty => _known == 0;

    /// <summary>The fingerprint of what a change leaves, 16 hex digits; null for changes whose value no later change could overwrite.</summary>
    public static string? Of(ValueKey key, UnitId unit, Change change) => change switch
    {
        Change.SetPhone phone => Hex(key, unit, change.Id, phone.After?.Canonical()),
        Change.SetDefaultMethod method => Hex(key, unit, change.Id, method.After.Word),
        _ => null,
    };

    /// <summary>The same with the value of one more change.</summary>
    /// <param name="change">The change's id; others than those of phones and the default method are passed over.</param>
    /// <param name="fingerprint">16 hex digits.</param>
    public WrittenValues With(ReadOnlySpan<byte> change, ReadOnlySpan<byte> fingerprint)
    {
        var field = FieldOf(change);
        if (field < 0 || !System.Buffers.Text.Utf8Parser.TryParse(fingerprint[..Math.Min(8, fingerprint.Length)], out uint value, out var used, 'x') || used != 8)
        {
            return this;
        }

        var known = (byte)(_known | (1 << field));
        return new WrittenValues(
            field == 0 ? value : _mobile, field == 1 ? value : _alternateMobile, field == 2 ? value : _office, field == 3 ? value : _default, known);
    }

    /// <summary>Whether a field that we wrote now has another value.</summary>
    /// <param name="key">The key of the fingerprints.</param>
    /// <param name="unit">The user's unit.</param>
    /// <param name="change">The change's id.</param>
    /// <param name="now">The value that is there, canonical; null for none.</param>
    public bool ChangedSince(ValueKey key, UnitId unit, string change, string? now)
    {
        var field = FieldOf(Encoding.ASCII.GetBytes(change));
        if (field < 0 || (_known & (1 << field)) == 0)
        {
            return false;
        }

        var written = field switch { 0 => _mobile, 1 => _alternateMobile, 2 => _office, _ => _default };
        return written != uint.Parse(Hex(key, unit, change, now).AsSpan(0, 8), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
    }

    private static int FieldOf(ReadOnlySpan<byte> change) =>
        change.SequenceEqual("phone.mobile"u8) ? 0
        : change.SequenceEqual("phone.alternateMobile"u8) ? 1
        : change.SequenceEqual("phone.office"u8) ? 2
        : change.SequenceEqual("defaultMethod"u8) ? 3
        : -1;

    private static string Hex(ValueKey key, UnitId unit, string change, string? value)
    {
        Span<byte> code = stackalloc byte[HMACSHA256.HashSizeInBytes];
        key.Hash(Encoding.UTF8.GetBytes($"written|{unit}|{change}|{value ?? Nothing}"), code);
        return BinaryPrimitives.ReadUInt64BigEndian(code[..Bytes]).ToString("x16", CultureInfo.InvariantCulture);
    }
}
