namespace MfaPlan.Core.Privacy;

/// <summary>How personal data looks where it is not asked for: enough to recognise, too little to use.</summary>
public static class Mask
{
    /// <summary>Masks a phone number: country code and the last four digits of a long number, the last two of a short one.</summary>
    /// <param name="number">A number as Graph writes it, or any text.</param>
    public static string Phone(string number)
    {
        var space = number.IndexOf(' ', StringComparison.Ordinal);
        var head = number.StartsWith('+') && space is > 1 and <= 4 ? number[..space] + " " : "";
        var tail = number[head.Length..];
        var extension = tail.IndexOf('x', StringComparison.Ordinal);
        var digits = extension >= 0 ? tail[..extension] : tail;
        var shown = digits.Length switch { > 7 => digits[^4..], > 4 => digits[^2..], _ => "" };
        return $"{head}•••• {shown}".TrimEnd() + (extension >= 0 ? "x••" : "");
    }

    /// <summary>Masks a user name or mail address: the first letter and the domain stay.</summary>
    public static string Name(string name)
    {
        if (name.Length == 0)
        {
            return "";
        }

        var backslash = name.LastIndexOf('\\');
        var domain = backslash >= 0 ? name[..(backslash + 1)] : "";
        var rest = name[(backslash + 1)..];
        var at = rest.LastIndexOf('@');
        var local = at >= 0 ? rest[..at] : rest;
        var tail = at >= 0 ? rest[at..] : "";
        var first = local.Length > 1 ? char.IsSurrogate(local[0]) ? "" : local[..1] : "";
        return $"{domain}{first}•••{tail}";
    }
}
