using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace MfaPlan.Core.Changes;

/// <summary>Counts units as they pass, without keeping them.</summary>
public sealed class TotalsBuilder
{
    private readonly Dictionary<string, long> _byChange = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _byFinding = new(StringComparer.Ordinal);
    private Totals _totals = Totals.None;
    private long _users;
    private long _changed;
    private long _changes;
    private long _overwrites;
    private long _administrators;
    private long _guests;
    private long _leftWithout;
    private long _poorAsBefore;
    private long _phoneOnly;
    private long _unknown;
    private long _matched;

    /// <summary>Counts a unit.</summary>
    public void Add(Unit unit)
    {
        _users += unit.Id.Kind == UnitKind.User ? 1 : 0;
        _unknown += unit.Unknown is null ? 0 : 1;
        _matched += unit.SourceRow > 0 ? 1 : 0;
        foreach (var finding in unit.Findings)
        {
            CollectionsMarshal.GetValueRefOrAddDefault(_byFinding, finding.Code, out _)++;
        }

        if (unit.Usability is { } usability)
        {
            _poorAsBefore += !usability.Now && !usability.After ? 1 : 0;
            _phoneOnly += usability is { After: true, Survives: false } ? 1 : 0;
        }

        if (unit.Changes.IsEmpty)
        {
            return;
        }

        _changed++;
        _changes += unit.Changes.Length;
        _administrators += unit.Administrator ? 1 : 0;
        _guests += unit.Guest ? 1 : 0;
        _leftWithout += unit.Usability is { After: false } ? 1 : 0;
        foreach (var change in unit.Changes)
        {
            CollectionsMarshal.GetValueRefOrAddDefault(_byChange, change.Kind, out _)++;
            _overwrites += change is Change.SetPhone { Destroys: true } ? 1 : 0;
        }
    }

    /// <summary>Counts records that nobody claims.</summary>
    public void AddLeftover(long count) => _totals = _totals with { Leftover = _totals.Leftover + count };

    /// <summary>The counts so far.</summary>
    public Totals Build() => _totals with
    {
        Users = _users,
        Changed = _changed,
        Changes = _changes,
        Overwrites = _overwrites,
        Administrators = _administrators,
        Guests = _guests,
        LeftWithout = _leftWithout,
        PoorAsBefore = _poorAsBefore,
        PhoneOnly = _phoneOnly,
        Unknown = _unknown,
        Matched = _matched,
        ByChange = _byChange.ToImmutableSortedDictionary(StringComparer.Ordinal),
        ByFinding = _byFinding.ToImmutableSortedDictionary(StringComparer.Ordinal),
    };
}
