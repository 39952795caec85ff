using System.Collections.Frozen;
using PhoneNumbers;

namespace MfaPlan.Core.Rules;

/// <summary>The country calling codes that are assigned, by the number data.</summary>
public static class CallingCodes
{
    private static readonly FrozenSet<int> Assigned = PhoneNumberUtil.GetInstance().GetSupportedCallingCodes().ToFrozenSet();

    /// <summary>Whether a code is assigned. No assigned code is the beginning of another.</summary>
    /// <param name="code">One to three digits.</param>
    public static bool IsAssigned(int code) => Assigned.Contains(code);
}
