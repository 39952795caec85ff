using MfaPlan.Core.Changes;

namespace MfaPlan.Core.Evidence;

/// <summary>
/// Whether the note of an attestation, which a person wrote freely and a signature fixes, shows somebody: a mail address, a long number, or a word of the
/// name of somebody in a change set. What it does not know, such as a nickname, it cannot see.
/// </summary>
public sealed class NoteWatch
{
    private const int ShortestWord = 3;
    private const int ShortestNumber = 7;

    private readonly HashSet<string> _words = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _names = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Lets names be looked for that stand in a note. Before any line is seen.</summary>
    public void Watch(string note) => _words.UnionWith(WordsOf(note));

    /// <summary>Takes the names of a change set's line in.</summary>
    public void See(ChangeSetLine line)
    {
        if (_words.Count == 0)
        {
            return;
        }

        switch (line)
        {
            case ChangeSetLine.Of { Unit: var unit }:
                See(unit.Name?.Reveal());
                foreach (var value in unit.Findings.SelectMany(static finding => finding.Values).Where(static value => value.Kind is FindingValueKind.Name or FindingValueKind.Label))
                {
                    See(value.Text);
                }

                break;
            case ChangeSetLine.Rest { Leftover: var leftover }:
                See(leftover.Username.Reveal());
                break;
        }
    }

    /// <summary>Whether a note that was watched shows somebody.</summary>
    public bool Shows(string note) => note.Contains('@', StringComparison.Ordinal) || HasNumber(note) || WordsOf(note).Any(_names.Contains);

    /// <summary>What stands behind the @ names an organisation, and is in no name of a person.</summary>
    private void See(string? name) => _names.UnionWith(WordsOf(name?.Split('@')[0] ?? "").Where(_words.Contains));

    private static bool HasNumber(string note)
    {
        var digits = 0;
        foreach (var character in note)
        {
            digits = char.IsDigit(character) ? digits + 1 : character is ' ' or '-' or '.' or '/' or '(' or ')' ? digits : 0;
            if (digits >= ShortestNumber)
            {
                return true;
            }
        }

        return false;
    }

    private static IEnumerable<string> WordsOf(string text)
    {
        var start = 0;
        for (var at = 0; at <= text.Length; at++)
        {
            if (at < text.Length && char.IsLetterOrDigit(text[at]))
            {
                continue;
            }

            if (at - start >= ShortestWord)
            {
                yield return text[start..at];
            }

            start = at + 1;
        }
    }
}
