using MfaPlan.Core.Privacy;
using MfaPlan.Core.Tenants;

namespace MfaPlan.Core.Changes;

/// <summary>
/// One step of a unit from the observed state towards the plan. Every change is absolute (sending it again is harmless)
/// or keyed (a look finds what it made); it carries what was there before and what is to be there after.
/// </summary>
public abstract record Change
{
    private Change(string id, string rule)
    {
        Id = id;
        Rule = rule;
    }

    /// <summary>Stands for the change within its unit, in change set and journal alike; no personal data.</summary>
    public string Id { get; }

    /// <summary>The rule that asks for it, for people; nothing decides by it.</summary>
    public string Rule { get; }

    /// <summary>Whether a value that was there is lost from the tenant.</summary>
    public abstract bool Destroys { get; }

    /// <summary>Whether before and after are the same: nothing to send.</summary>
    public abstract bool IsEmpty { get; }

    /// <summary>What must be read to look at it.</summary>
    public abstract MethodParts Parts { get; }

    /// <summary>The change that undoes this one.</summary>
    /// <param name="rule">The rule that asks for the way back.</param>
    public abstract Change Inverse(string rule);

    /// <summary>Puts a number in a phone place, changes it, or (on the way back only) takes it out. Absolute.</summary>
    /// <param name="Slot">The place.</param>
    /// <param name="Before">The number that was seen; null when the place was empty.</param>
    /// <param name="After">The number to be there; null empties the place.</param>
    /// <param name="Rule">See <see cref="Change.Rule"/>.</param>
    public sealed record SetPhone(PhoneSlot Slot, PhoneNumber? Before, PhoneNumber? After, string Rule)
        : Change(IdOf(Slot), Rule)
    {
        /// <inheritdoc/>
        public override bool Destroys => Before is not null && !Before.Equals(After);

        /// <inheritdoc/>
        public override bool IsEmpty => Equals(Before, After);

        /// <inheritdoc/>
        public override MethodParts Parts => MethodParts.Phones;

        /// <inheritdoc/>
        public override Change Inverse(string rule) => new SetPhone(Slot, After, Before, rule);
    }

    /// <summary>Sets the default method. Absolute. There is no documented way to unset it.</summary>
    /// <param name="Before">The default that was seen; null when none was set.</param>
    /// <param name="After">The default to be set.</param>
    /// <param name="Rule">See <see cref="Change.Rule"/>.</param>
    public sealed record SetDefaultMethod(DefaultMethod? Before, DefaultMethod After, string Rule)
        : Change("defaultMethod", Rule)
    {
        /// <inheritdoc/>
        public override bool Destroys => Before is not null && Before != After;

        /// <inheritdoc/>
        public override bool IsEmpty => Before == After;

        /// <inheritdoc/>
        public override MethodParts Parts => MethodParts.Preferences;

        /// <inheritdoc/>
        /// <exception cref="InvalidOperationException">No default was set before, which cannot be restored.</exception>
        public override Change Inverse(string rule) => Before is { } before
            ? new SetDefaultMethod(After, before, rule)
            : throw new InvalidOperationException("A default method cannot be unset.");
    }

    /// <summary>The change id of a phone place.</summary>
    public static string IdOf(PhoneSlot slot) => slot switch
    {
        PhoneSlot.Mobile => "phone.mobile",
        PhoneSlot.AlternateMobile => "phone.alternateMobile",
        _ => "phone.office",
    };
}
