using System.Globalization;
using System.Text;
using MfaPlan.Core.Sources;
using PhoneNumbers;
using PhoneNumber = MfaPlan.Core.Privacy.PhoneNumber;

namespace MfaPlan.Core.Rules;

/// <summary>
/// Reads a source's phone as a number. The country column and the digits are the data, separators are not. As they stand they must be
/// possible by libphonenumber; else, where taking off one trunk zero (behind +7 one 8) or one repeated country code gives exactly one
/// possible number, that one is used and said to be repaired; else the number is refused with its reason.
/// </summary>
/// <remarks>
/// The library takes a trunk zero off without a word, so the digits before and after parsing are compared; only numbers whose digits
/// survive count as standing as they are.
/// </remarks>
public static class NumberReader
{
    private const int LongestExtension = 11;

    /// <summary>Country code and number together, by ITU-T E.164; the library lets some countries have more.</summary>
    private const int MostDigits = 15;

    private static readonly PhoneNumberUtil Numbers = PhoneNumberUtil.GetInstance();
    private static readonly string[] ExtensionMarks = [";ext=", "ext.", "ext", "x", ","];

    /// <summary>Reads a phone.</summary>
    public static NumberReading Read(SourcePhone phone)
    {
        if (phone.IsEmpty)
        {
            return new NumberReading.Empty();
        }

        var repairs = new List<string>();
        var (numberText, inlineExtension) = SplitExtension(phone.Number);
        if (inlineExtension is not null)
        {
            repairs.Add("extension taken from the number");
        }

        if (Digits(numberText) is not { } number)
        {
            return new NumberReading.Unreadable(numberText.Contains('E', StringComparison.OrdinalIgnoreCase) && numberText.All(static c => c is 'E' or 'e' or '.' or ',' or '+' or ' ' || char.IsAsciiDigit(c))
                ? "a spreadsheet turned it into a power of ten, so digits are lost"
                : "it has characters that are no part of a number");
        }

        if (number.Length == 0)
        {
            return new NumberReading.Unreadable("it has no digits");
        }

        if (Extension(phone.Extension, inlineExtension, repairs) is not { } extension)
        {
            return new NumberReading.Unreadable("its extension has no readable digits, or two extensions differ");
        }

        if (Country(phone.CountryCode) is not { } country)
        {
            return new NumberReading.Unreadable("its country code has characters that are no part of one");
        }

        if (country.Length == 0)
        {
            var zeros = number.StartsWith("00", StringComparison.Ordinal);
            if (!zeros && !numberText.TrimStart().StartsWith('+'))
            {
                return new NumberReading.Unreadable("there is no country code");
            }

            repairs.Add("country code taken from the number");
            return Parsed(zeros ? number[2..] : number) is { } alone
                ? Usable(alone, extension, repairs)
                : new NumberReading.Unreadable("it is not a possible number");
        }

        return Parsed(country + number) is { } asItStands
            ? Usable(asItStands, extension, repairs)
            : Repaired(country, number, extension, repairs);
    }

    private static NumberReading Repaired(string country, string number, string extension, List<string> repairs)
    {
        var candidates = new List<(string Digits, string Repair)>();
        if (number[0] == '0')
        {
            candidates.Add((country + number[1..], "one trunk zero taken off"));
        }

        if (country == "7" && number[0] == '8')
        {
            candidates.Add((country + number[1..], "one trunk 8 taken off"));
        }

        if (number.StartsWith(country, StringComparison.Ordinal))
        {
            candidates.Add((number, "repeated country code taken off"));
        }

        if (number.StartsWith("00" + country, StringComparison.Ordinal))
        {
            candidates.Add((number[2..], "repeated country code with its international prefix taken off"));
        }

        var possible = candidates
            .Select(static candidate => (Number: Parsed(candidate.Digits), candidate.Repair))
            .Where(static candidate => candidate.Number is not null)
            .DistinctBy(static candidate => E164(candidate.Number!), StringComparer.Ordinal)
            .ToList();

        switch (possible.Count)
        {
            case 1:
                repairs.Add(possible[0].Repair);
                return Usable(possible[0].Number!, extension, repairs);
            case 0:
                return new NumberReading.Unreadable(WhyImpossible(country, number));
            default:
                return new NumberReading.Unreadable("more than one possible number could be meant");
        }
    }

    private static NumberReading.Usable Usable(PhoneNumbers.PhoneNumber parsed, string extension, List<string> repairs) => new(
        PhoneNumber.From(
            parsed.CountryCode.ToString(CultureInfo.InvariantCulture),
            Numbers.GetNationalSignificantNumber(parsed),
            extension.Length == 0 ? null : extension),
        repairs.Count == 0 ? null : string.Join(", ", repairs),
        Numbers.IsValidNumber(parsed));

    private static PhoneNumbers.PhoneNumber? Parsed(string digits)
    {
        if (digits.Length > MostDigits)
        {
            return null;
        }

        try
        {
            var parsed = Numbers.Parse("+" + digits, defaultRegion: null);
            return E164(parsed) == digits
                && Numbers.IsPossibleNumberWithReason(parsed) == PhoneNumberUtil.ValidationResult.IS_POSSIBLE
                    ? parsed
                    : null;
        }
        catch (NumberParseException)
        {
            return null;
        }
    }

    private static string WhyImpossible(string country, string number)
    {
        if (!int.TryParse(country, NumberStyles.None, CultureInfo.InvariantCulture, out var code)
            || Numbers.GetRegionCodeForCountryCode(code) is "ZZ")
        {
            return "its country code is not assigned";
        }

        try
        {
            return Numbers.IsPossibleNumberWithReason(Numbers.Parse("+" + country + number, defaultRegion: null)) switch
            {
                PhoneNumberUtil.ValidationResult.TOO_SHORT => "it is too short for its country",
                PhoneNumberUtil.ValidationResult.TOO_LONG => "it is too long for its country",
                PhoneNumberUtil.ValidationResult.IS_POSSIBLE_LOCAL_ONLY => "it can only be dialled locally",
                PhoneNumberUtil.ValidationResult.IS_POSSIBLE when country.Length + number.Length > MostDigits =>
                    "it has more than fifteen digits with its country code",
                _ => "its length fits no number of its country",
            };
        }
        catch (NumberParseException)
        {
            return "it is not a possible number";
        }
    }

    private static string E164(PhoneNumbers.PhoneNumber number) =>
        number.CountryCode.ToString(CultureInfo.InvariantCulture) + Numbers.GetNationalSignificantNumber(number);

    private static (string Number, string? Extension) SplitExtension(string text)
    {
        foreach (var mark in ExtensionMarks)
        {
            var at = text.IndexOf(mark, StringComparison.OrdinalIgnoreCase);
            if (at > 0)
            {
                return (text[..at], text[(at + mark.Length)..]);
            }
        }

        return (text, null);
    }

    /// <summary>The extension's digits; empty for none; null when it cannot be read.</summary>
    private static string? Extension(string column, string? inline, List<string> repairs)
    {
        var first = Digits(column);
        var second = inline is null ? "" : Digits(inline);
        if (first is null || second is null || first.Length > LongestExtension || second.Length > LongestExtension
            || (inline is not null && second.Length == 0))
        {
            return null;
        }

        var given = first.Length > 0 ? first : second;
        if (first.Length > 0 && second.Length > 0 && first != second)
        {
            return null;
        }

        if (given.Length > 0 && given.Trim('0').Length == 0)
        {
            repairs.Add("an extension of zeros left out");
            return "";
        }

        return given;
    }

    /// <summary>The country's digits; empty for none; null when it cannot be read.</summary>
    private static string? Country(string column)
    {
        if (Digits(column) is not { } digits)
        {
            return null;
        }

        return digits.StartsWith("00", StringComparison.Ordinal) ? digits[2..] : digits.TrimStart('0');
    }

    /// <summary>The digits of a text with separators; null when something else stands in it.</summary>
    private static string? Digits(string text)
    {
        var digits = new StringBuilder(text.Length);
        var started = false;
        foreach (var c in text)
        {
            if (char.IsAsciiDigit(c))
            {
                digits.Append(c);
                started = true;
            }
            else if (c == '+' && !started)
            {
                started = true;
            }
            else if (!(char.IsWhiteSpace(c) || c is '-' or '(' or ')' or '.' or '/' or '\u2010' or '\u2011' or '\u2012' or '\u2013'))
            {
                return null;
            }
        }

        return digits.ToString();
    }
}
