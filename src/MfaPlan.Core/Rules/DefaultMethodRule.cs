using System.Collections.Immutable;
using MfaPlan.Core.Changes;
using MfaPlan.Core.Plans;
using MfaPlan.Core.Sources;
using MfaPlan.Core.Tenants;

namespace MfaPlan.Core.Rules;

/// <summary>What becomes of a user's default method.</summary>
public static class DefaultMethodRule
{
    /// <summary>Decides the change of the default method, if any.</summary>
    /// <param name="mode">The plan's mode.</param>
    /// <param name="user">Object id.</param>
    /// <param name="source">The matched record.</param>
    /// <param name="seen">The user's methods with the default as read.</param>
    /// <param name="after">The user's methods with the unit's other changes carried out.</param>
    /// <param name="primary">The place of the source's first phone, where a call reaches it; null when it has none.</param>
    /// <param name="policy">The authentication methods policy: a default that it forbids is not set.</param>
    /// <param name="own">What we wrote last: a default that somebody set since stays, whatever the mode.</param>
    public static (Change? Change, ImmutableArray<Finding> Findings) Decide(
        DefaultMethodMode mode,
        Guid user,
        SourceUser source,
        UserMethods seen,
        UserMethods after,
        PhoneSlot? primary,
        MethodsPolicy policy,
        OwnWrites own)
    {
        if (mode == DefaultMethodMode.Leave)
        {
            return (null, []);
        }

        if (own.DefaultChangedSince(seen))
        {
            return (null, [FindingCatalog.ChangedSince.Found().With("change", Change.DefaultMethodId)]);
        }

        var wanted = mode == DefaultMethodMode.MostSecureIfNotSet ? null : Wanted(source, primary);
        if (seen.Default is { } set && mode != DefaultMethodMode.Always)
        {
            return (null, wanted is { } other && other != set
                ? [FindingCatalog.DefaultKept.Found().With("default", set.Word).With("wanted", other.Word)]
                : []);
        }

        // The source says nothing, so nothing is changed by its word.
        if (wanted is null && seen.Default is { } left)
        {
            return (null, [FindingCatalog.NoMethodNamed.Found().With("how", $"{left.Word} stays")]);
        }

        var findings = ImmutableArray.CreateBuilder<Finding>();
        DefaultMethod? used = wanted is { } first && UsabilityRule.CanBeDefault(first, user, after, policy)
            ? first
            : MostSecure(user, after, policy);
        if (used is not { } method)
        {
            return (null, seen.Default is null ? [FindingCatalog.NoDefaultPossible.Found()] : []);
        }

        if (wanted is { } asked && asked != method)
        {
            findings.Add(FindingCatalog.DefaultSubstituted.Found().With("wanted", asked.Word).With("used", method.Word));
        }

        if (wanted is null && mode != DefaultMethodMode.MostSecureIfNotSet)
        {
            findings.Add(FindingCatalog.NoMethodNamed.Found().With("how", $"becomes {method.Word}, the most secure available"));
        }

        if (seen.Default == method)
        {
            return (null, findings.ToImmutable());
        }

        if (seen.SystemPreferred == true)
        {
            findings.Add(FindingCatalog.DefaultIgnored.Found().With("default", method.Word));
        }

        var rule = mode switch
        {
            DefaultMethodMode.Always => "default method: always",
            DefaultMethodMode.IfNotSet => "default method: not set before",
            _ => "default method: most secure, not set before",
        };
        return (new Change.SetDefaultMethod(seen.Default, method, rule), findings.ToImmutable());
    }

    /// <summary>The most secure method that is registered and allowed; null when none is.</summary>
    public static DefaultMethod? MostSecure(Guid user, UserMethods methods, MethodsPolicy policy)
    {
        foreach (var method in RuleData.MostSecureFirst)
        {
            if (UsabilityRule.CanBeDefault(method, user, methods, policy))
            {
                return method;
            }
        }

        return null;
    }

    /// <summary>What the source's mode asks for; null when the source names no method.</summary>
    private static DefaultMethod? Wanted(SourceUser source, PhoneSlot? primary) => source.Mode switch
    {
        SourceMode.PhoneCall => primary switch
        {
            PhoneSlot.Office => DefaultMethod.VoiceOffice,
            PhoneSlot.AlternateMobile => DefaultMethod.VoiceAlternateMobile,
            _ => DefaultMethod.VoiceMobile,
        },
        SourceMode.TextMessage => DefaultMethod.Sms,
        SourceMode.MobileApp => DefaultMethod.Push,
        SourceMode.OathToken => DefaultMethod.Oath,
        _ => null,
    };
}
