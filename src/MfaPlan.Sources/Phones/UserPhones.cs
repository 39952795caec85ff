using System.Globalization;
using MfaPlan.Core.Rules;
using MfaPlan.Core.Sources;

namespace MfaPlan.Sources.Phones;

/// <summary>
/// The phones of one user as they come up in a source: the first two are taken, a repeated number counts once.
/// </summary>
internal sealed class UserPhones
{
    private readonly List<SourcePhone> _phones = [];

    /// <summary>The first phone.</summary>
    public SourcePhone Primary => _phones.ElementAtOrDefault(0) ?? SourcePhone.None;

    /// <summary>The second phone.</summary>
    public SourcePhone Backup => _phones.ElementAtOrDefault(1) ?? SourcePhone.None;

    /// <summary>How many more there are.</summary>
    public int LeftOut => Math.Max(0, _phones.Count - 2);

    /// <summary>Adds a phone unless it is empty or there already.</summary>
    /// <param name="phone">The phone.</param>
    /// <param name="first">Whether it goes before the others.</param>
    public void Add(SourcePhone phone, bool first = false)
    {
        var known = _phones.FindIndex(other => Key(other) == Key(phone));
        if (phone.IsEmpty || (known >= 0 && !first))
        {
            return;
        }

        if (known >= 0)
        {
            _phones.RemoveAt(known);
        }

        _phones.Insert(first ? 0 : _phones.Count, phone);
    }

    /// <summary>
    /// Cuts a number that begins with a plus at its country code, which no other country code continues. Other texts
    /// are kept as the number.
    /// </summary>
    public static SourcePhone Split(string text, string extension)
    {
        var digits = string.Concat(text.Where(char.IsAsciiDigit));
        for (var length = 1; text.TrimStart().StartsWith('+') && length <= 3 && length < digits.Length; length++)
        {
            if (CallingCodes.IsAssigned(int.Parse(digits.AsSpan(0, length), NumberStyles.None, CultureInfo.InvariantCulture)))
            {
                return new SourcePhone(digits[..length], digits[length..], extension);
            }
        }

        return new SourcePhone("", text, extension);
    }

    private static string Key(SourcePhone phone) =>
        string.Concat($"{phone.CountryCode}{phone.Number}x{phone.Extension}"
            .Where(static c => char.IsAsciiDigit(c) || c == 'x'));
}
