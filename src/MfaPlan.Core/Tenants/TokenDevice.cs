namespace MfaPlan.Core.Tenants;

/// <summary>A hardware token in the tenant's inventory.</summary>
/// <param name="Id">The device's id, which is also the id of the method that it becomes at its holder.</param>
/// <param name="Serial">The serial number.</param>
/// <param name="AssignedTo">The holder's object id; null when nobody holds it.</param>
/// <param name="Activated">Whether a code of it was confirmed.</param>
/// <seealso href="https://learn.microsoft.com/graph/api/resources/hardwareoathtokenauthenticationmethoddevice"/>
public sealed record TokenDevice(string Id, string Serial, Guid? AssignedTo, bool Activated);
