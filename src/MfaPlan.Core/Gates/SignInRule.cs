using System.Collections.Frozen;
using MfaPlan.Core.Rules;

namespace MfaPlan.Core.Gates;

/// <summary>What a sign-in of the log says about MFA in the cloud. Microsoft's codes and names are data files with source and review date.</summary>
/// <seealso href="https://learn.microsoft.com/graph/api/resources/signin?view=graph-rest-beta"/>
/// <seealso href="https://learn.microsoft.com/entra/identity-platform/reference-error-codes"/>
public static class SignInRule
{
    private static readonly FrozenSet<int> Interrupts = CodesOf("interrupts");
    private static readonly FrozenSet<int> NotOfMfa = CodesOf("notOfMfa");

    private static readonly FrozenSet<string> NotFresh = RuleData.Read("sign-in-methods.json", static root =>
        root.GetProperty("notFresh").EnumerateArray().Select(static name => name.GetString()!).ToFrozenSet(StringComparer.OrdinalIgnoreCase));

    private static readonly FrozenDictionary<string, SignInMethods> Methods = RuleData.Read("sign-in-methods.json", static root =>
        root.GetProperty("methods").EnumerateObject()
            .SelectMany(static kind => kind.Value.EnumerateArray().Select(name => (Name: name.GetString()!, Kind: KindOf(kind.Name))))
            .ToFrozenDictionary(static pair => pair.Name, static pair => pair.Kind, StringComparer.OrdinalIgnoreCase));

    /// <summary>How long the service keeps sign-ins: what is older was not read, whatever an answer holds.</summary>
    public static TimeSpan Retention { get; } = RuleData.Read("sign-in-codes.json", static root =>
        TimeSpan.FromDays(root.GetProperty("retentionDays").GetInt32()));

    /// <summary>The outcome that an error code stands for; a code that the data file does not have is a failure.</summary>
    public static SignInOutcome OutcomeOf(int errorCode) => errorCode switch
    {
        0 => SignInOutcome.Succeeded,
        _ when Interrupts.Contains(errorCode) => SignInOutcome.Interrupted,
        _ when NotOfMfa.Contains(errorCode) => SignInOutcome.NotOfMfa,
        _ => SignInOutcome.Failed,
    };

    /// <summary>
    /// The methods by which a user did a fresh MFA in the cloud in this sign-in: more than one factor was required, Entra issued the token, and a step
    /// other than a password or an earlier claim succeeded. None where it failed as a whole, whatever a step says.
    /// </summary>
    public static SignInMethods FreshMfa(in SignInFact fact)
    {
        if (!fact.AsksMfa || !fact.IsOfEntra || OutcomeOf(fact.ErrorCode) is not (SignInOutcome.Succeeded or SignInOutcome.Interrupted))
        {
            return SignInMethods.None;
        }

        var methods = SignInMethods.None;
        foreach (var step in fact.Steps)
        {
            var name = step.Method.Trim();
            if (step.Succeeded && name.Length > 0 && !NotFresh.Contains(name))
            {
                methods |= Methods.GetValueOrDefault(name, SignInMethods.Unknown);
            }
        }

        return methods;
    }

    private static FrozenSet<int> CodesOf(string list) => RuleData.Read("sign-in-codes.json", root =>
        root.GetProperty(list).EnumerateArray().Select(static code => code.GetInt32()).ToFrozenSet());

    private static SignInMethods KindOf(string name) => name switch
    {
        "callOrText" => SignInMethods.CallOrText,
        "push" => SignInMethods.Push,
        "code" => SignInMethods.Code,
        _ => throw new InvalidOperationException($"The data file has a kind of method {name} that the program does not know."),
    };
}
