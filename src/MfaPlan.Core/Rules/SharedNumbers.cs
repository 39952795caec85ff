using System.Buffers.Binary;
using System.Security.Cryptography;
using MfaPlan.Core.Sources;

namespace MfaPlan.Core.Rules;

/// <summary>
/// The numbers that several records of a source have: desks, hotlines, a family's phone. A code sent there proves no one person. Counted over
/// all records, in scope or not, by the digits of country and number.
/// </summary>
public sealed class SharedNumbers
{
    private readonly Dictionary<ulong, int> _counts;

    private SharedNumbers(Dictionary<ulong, int> counts) => _counts = counts;

    /// <summary>No shared numbers.</summary>
    public static SharedNumbers None { get; } = new([]);

    /// <summary>Counts the records of a source; only numbers that come again are kept.</summary>
    public static SharedNumbers Of(IEnumerable<SourceUser> users)
    {
        // Sorted, and not in a set: half a million records have as many numbers, and nearly all of them once.
        var numbers = new List<ulong>();
        foreach (var user in users)
        {
            // A record with one number in both places does not share it with anybody.
            var primary = KeyOf(user.Primary);
            var backup = KeyOf(user.Backup);
            if (primary is { } first)
            {
                numbers.Add(first);
            }

            if (backup is { } second && backup != primary)
            {
                numbers.Add(second);
            }
        }

        numbers.Sort();
        var counts = new Dictionary<ulong, int>();
        for (var i = 1; i < numbers.Count; i++)
        {
            if (numbers[i] == numbers[i - 1])
            {
                counts[numbers[i]] = counts.GetValueOrDefault(numbers[i], 1) + 1;
            }
        }

        return new SharedNumbers(counts);
    }

    /// <summary>How many records have a number; 1 for one that nobody else has, 0 for none.</summary>
    public int CountOf(SourcePhone phone) => KeyOf(phone) is { } key ? _counts.GetValueOrDefault(key, 1) : 0;

    /// <summary>Whether two phones are one by the digits of country, number and extension, by which records are counted.</summary>
    public static bool AreOne(SourcePhone one, SourcePhone other) => KeyOf(one) is { } key && key == KeyOf(other);

    // An extension is a place of its own at a shared number, so it belongs to the key.
    private static ulong? KeyOf(SourcePhone phone)
    {
        if (phone.IsEmpty)
        {
            return null;
        }

        Span<char> digits = stackalloc char[128];
        var used = 0;
        Append(phone.CountryCode.AsSpan().TrimStart("+0"), digits, ref used);
        Append(phone.Number, digits, ref used);
        Append("x", digits, ref used);
        Append(phone.Extension, digits, ref used);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(System.Runtime.InteropServices.MemoryMarshal.AsBytes(digits[..used]), hash);
        return BinaryPrimitives.ReadUInt64LittleEndian(hash);
    }

    private static void Append(ReadOnlySpan<char> text, Span<char> digits, ref int used)
    {
        foreach (var c in text)
        {
            if ((char.IsAsciiDigit(c) || c == 'x') && used < digits.Length)
            {
                digits[used++] = c;
            }
        }
    }
}
