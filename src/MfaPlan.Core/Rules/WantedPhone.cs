using MfaPlan.Core.Privacy;
using MfaPlan.Core.Tenants;

namespace MfaPlan.Core.Rules;

/// <summary>A number and the place it belongs to.</summary>
/// <param name="Slot">The place.</param>
/// <param name="Number">The number.</param>
/// <param name="IsBackup">Whether it was the source's second phone.</param>
/// <param name="Rule">The rule that placed it, for people.</param>
public sealed record WantedPhone(PhoneSlot Slot, PhoneNumber Number, bool IsBackup, string Rule);
