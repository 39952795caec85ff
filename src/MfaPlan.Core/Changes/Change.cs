using System.Security.Cryptography;
using System.Text;
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

    /// <summary>What counts of this kind are kept under; the id where that says the kind.</summary>
    public virtual string Kind => Id;

    /// <summary>The rule that asks for it, for people; nothing decides by it.</summary>
    public string Rule { get; }

    /// <summary>Whether a value that was there is lost from the tenant.</summary>
    public abstract bool Destroys { get; }

    /// <summary>Whether before and after are the same: nothing to send.</summary>
    public abstract bool IsEmpty { get; }

    /// <summary>What must be read to look at it.</summary>
    public abstract MethodParts Parts { get; }

    /// <summary>Whether this change must not be sent where an earlier one of its unit is not in place.</summary>
    public virtual bool LeansOn(Change earlier) => true;

    /// <summary>Whether an earlier change of its unit must be seen in place before this one is sent.</summary>
    public virtual bool Awaits(Change earlier) => false;

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
        : Change(DefaultMethodId, Rule)
    {
        /// <inheritdoc/>
        public override bool Destroys => Before is not null && Before != After;

        /// <inheritdoc/>
        public override bool IsEmpty => Before == After;

        /// <inheritdoc/>
        public override MethodParts Parts => MethodParts.Preferences;

        /// <inheritdoc/>
        public override bool LeansOn(Change earlier) => earlier is not OfToken || After == DefaultMethod.Oath;

        /// <inheritdoc/>
        public override bool Awaits(Change earlier) => earlier is OfToken && After == DefaultMethod.Oath;

        /// <inheritdoc/>
        /// <exception cref="InvalidOperationException">No default was set before, which cannot be restored.</exception>
        public override Change Inverse(string rule) => Before is { } before
            ? new SetDefaultMethod(After, before, rule)
            : throw new InvalidOperationException("A default method cannot be unset.");
    }

    /// <summary>A step of a hardware token, found by its serial number. Keyed.</summary>
    public abstract record OfToken : Change
    {
        private readonly string _step;

        private protected OfToken(SecretRef token, string step, bool after, string rule)
            : base($"token.{KeyOf(token.Serial)}.{step}", rule)
        {
            _step = step;
            Token = token;
            After = after;
        }

        /// <summary>The token's serial number, and its seed by reference.</summary>
        public SecretRef Token { get; }

        /// <summary>Whether what the step makes is to be there after; on the way back it is not.</summary>
        public bool After { get; }

        /// <inheritdoc/>
        public override string Kind => "token." + _step;

        /// <inheritdoc/>
        public override bool Destroys => !After;

        /// <inheritdoc/>
        public override bool IsEmpty => false;

        /// <inheritdoc/>
        public override MethodParts Parts => MethodParts.Tokens;

        /// <inheritdoc/>
        public override bool LeansOn(Change earlier) => earlier is not OfToken other || IsOf(other.Token.Serial);

        /// <inheritdoc/>
        public override bool Awaits(Change earlier) => earlier is OfToken other && IsOf(other.Token.Serial);

        private bool IsOf(string serial) => serial.Equals(Token.Serial, StringComparison.OrdinalIgnoreCase);

        /// <summary>Short, and of a form that ids have; unique inside a unit, which holds few tokens.</summary>
        private static string KeyOf(string serial) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(serial.ToUpperInvariant())).AsSpan(0, 6));
    }

    /// <summary>Puts a token into the tenant's inventory, or (on the way back) takes it out.</summary>
    public sealed record CreateToken : OfToken
    {
        /// <summary>The change.</summary>
        public CreateToken(SecretRef token, bool after, string rule)
            : base(token, "create", after, rule)
        {
        }

        /// <inheritdoc/>
        public override Change Inverse(string rule) => new CreateToken(Token, !After, rule);
    }

    /// <summary>Gives a token of the inventory to the unit's user, or (on the way back) takes it from the user, active or not.</summary>
    public sealed record AssignToken : OfToken
    {
        /// <summary>The change.</summary>
        public AssignToken(SecretRef token, bool after, string rule)
            : base(token, "assign", after, rule)
        {
        }

        /// <inheritdoc/>
        public override Change Inverse(string rule) => new AssignToken(Token, !After, rule);
    }

    /// <summary>Activates a token of the unit's user with the code that it shows then, or (on the way back) deactivates it.</summary>
    public sealed record ActivateToken : OfToken
    {
        /// <summary>The change.</summary>
        public ActivateToken(SecretRef token, bool after, string rule)
            : base(token, "activate", after, rule)
        {
        }

        /// <inheritdoc/>
        public override Change Inverse(string rule) => new ActivateToken(Token, !After, rule);
    }

    /// <summary>The change id of the default method.</summary>
    public const string DefaultMethodId = "defaultMethod";

    /// <summary>
    /// Sets a configuration of the authentication methods policy: whether the method is on, and for whom. Absolute: the whole state before and
    /// after. Excludes and settings of the method are never written; they are here so that a look can tell whether somebody moved them.
    /// </summary>
    /// <param name="Method">Whose configuration.</param>
    /// <param name="Before">The configuration that was seen.</param>
    /// <param name="After">The configuration to be there.</param>
    /// <param name="Rule">See <see cref="Change.Rule"/>.</param>
    public sealed record AllowMethod(MethodKind Method, MethodConfiguration Before, MethodConfiguration After, string Rule)
        : Change(IdOf(Method), Rule)
    {
        /// <summary>True as soon as the method, a target or a target's use for sign-in goes, whether or not it reached anybody.</summary>
        public override bool Destroys => (Before.Enabled && !After.Enabled) || Before.Include.Any(target => !After.Include.Any(
            kept => kept.NamesSame(target) && (kept.UsableForSignIn || !target.UsableForSignIn)));

        /// <inheritdoc/>
        public override bool IsEmpty => Before.Equals(After);

        /// <inheritdoc/>
        public override MethodParts Parts => MethodParts.None;

        /// <summary>Configurations stand side by side: one that is refused says nothing about the others.</summary>
        public override bool LeansOn(Change earlier) => false;

        /// <inheritdoc/>
        public override Change Inverse(string rule) => new AllowMethod(Method, After, Before, rule);
    }

    /// <summary>The change id of the registration campaign.</summary>
    public const string CampaignId = "policy.registrationCampaign";

    /// <summary>
    /// Sets the registration campaign of the authentication methods policy. Absolute: the whole state before and after. Excludes are never
    /// changed; they are here so that a look can tell whether somebody moved them, and because they are written with the rest.
    /// </summary>
    /// <param name="Before">The campaign that was seen.</param>
    /// <param name="After">The campaign to be there.</param>
    /// <param name="Rule">See <see cref="Change.Rule"/>.</param>
    public sealed record SetCampaign(RegistrationCampaign Before, RegistrationCampaign After, string Rule) : Change(CampaignId, Rule)
    {
        /// <summary>True as soon as a running or Microsoft-managed campaign changes its state, a target goes or the time to put it off becomes another.</summary>
        public override bool Destroys => (Before.State != CampaignState.Disabled && Before.State != After.State)
            || (Before.SnoozeDays is not null && Before.SnoozeDays != After.SnoozeDays)
            || Before.Include.Any(target => !After.Include.Any(target.NamesSame));

        /// <inheritdoc/>
        public override bool IsEmpty => Before.Equals(After);

        /// <inheritdoc/>
        public override MethodParts Parts => MethodParts.None;

        /// <summary>The campaign stands beside the configurations: one that is refused says nothing about it.</summary>
        public override bool LeansOn(Change earlier) => false;

        /// <inheritdoc/>
        public override Change Inverse(string rule) => new SetCampaign(After, Before, rule);
    }

    /// <summary>
    /// Makes the staged rollout of cloud MFA, switched on and without groups, which moves nobody. Keyed by its feature. It is not undone: an
    /// empty policy moves nobody either, and one that others use meanwhile must not go.
    /// </summary>
    /// <param name="DisplayName">The name to give it.</param>
    /// <param name="Rule">See <see cref="Change.Rule"/>.</param>
    public sealed record CreateRollout(string DisplayName, string Rule) : Change("rollout.policy", Rule)
    {
        /// <inheritdoc/>
        public override bool Destroys => false;

        /// <inheritdoc/>
        public override bool IsEmpty => false;

        /// <inheritdoc/>
        public override MethodParts Parts => MethodParts.None;

        /// <inheritdoc/>
        /// <exception cref="InvalidOperationException">Always.</exception>
        public override Change Inverse(string rule) => throw new InvalidOperationException("The policy of the rollout stays.");
    }

    /// <summary>Switches a staged rollout that is there on, or (on the way back) off. Absolute.</summary>
    /// <param name="After">Whether it is to be on.</param>
    /// <param name="Rule">See <see cref="Change.Rule"/>.</param>
    public sealed record EnableRollout(bool After, string Rule) : Change("rollout.enabled", Rule)
    {
        /// <inheritdoc/>
        public override bool Destroys => !After;

        /// <inheritdoc/>
        public override bool IsEmpty => false;

        /// <inheritdoc/>
        public override MethodParts Parts => MethodParts.None;

        /// <inheritdoc/>
        public override Change Inverse(string rule) => new EnableRollout(!After, rule);
    }

    /// <summary>Adds a group to the staged rollout, which moves its members, or (on the way back) takes it out. Keyed by the group.</summary>
    /// <param name="Group">Object id.</param>
    /// <param name="After">Whether the rollout is to apply to it.</param>
    /// <param name="Rule">See <see cref="Change.Rule"/>.</param>
    public sealed record AttachGroup(Guid Group, bool After, string Rule) : Change(RolloutGroupPrefix + Group.ToString("D"), Rule)
    {
        /// <inheritdoc/>
        public override string Kind => "rollout.group";

        /// <inheritdoc/>
        public override bool Destroys => !After;

        /// <inheritdoc/>
        public override bool IsEmpty => false;

        /// <inheritdoc/>
        public override MethodParts Parts => MethodParts.None;

        /// <summary>Groups stand side by side; all need the policy, and that it is on.</summary>
        public override bool LeansOn(Change earlier) => earlier is not AttachGroup;

        /// <inheritdoc/>
        public override bool Awaits(Change earlier) => earlier is CreateRollout;

        /// <inheritdoc/>
        public override Change Inverse(string rule) => new AttachGroup(Group, !After, rule);
    }

    /// <summary>
    /// Makes the unit's user a member of a group of the staged rollout, whose MFA is the cloud's from then on, or (on the way back) takes the
    /// user out. Keyed by group and user.
    /// </summary>
    /// <param name="Group">Object id.</param>
    /// <param name="After">Whether the user is to be a member.</param>
    /// <param name="Rule">See <see cref="Change.Rule"/>.</param>
    public sealed record RouteUser(Guid Group, bool After, string Rule) : Change(RouteId, Rule)
    {
        /// <inheritdoc/>
        public override bool Destroys => !After;

        /// <inheritdoc/>
        public override bool IsEmpty => false;

        /// <inheritdoc/>
        public override MethodParts Parts => MethodParts.None;

        /// <inheritdoc/>
        public override Change Inverse(string rule) => new RouteUser(Group, !After, rule);
    }

    /// <summary>Says whose MFA counts for a federated domain. Absolute; what was never set cannot be unset again.</summary>
    /// <param name="Before">The federation that was seen, the whole object.</param>
    /// <param name="After">federatedIdpMfaBehavior to be set.</param>
    /// <param name="Rule">See <see cref="Change.Rule"/>.</param>
    public sealed record SetFederatedMfa(FederationSettings Before, string After, string Rule) : Change("federation.mfaBehavior", Rule)
    {
        /// <inheritdoc/>
        public override bool Destroys => Before.MfaBehavior is not null && Before.MfaBehavior != After;

        /// <inheritdoc/>
        public override bool IsEmpty => Before.MfaBehavior == After;

        /// <inheritdoc/>
        public override MethodParts Parts => MethodParts.None;

        /// <inheritdoc/>
        /// <exception cref="InvalidOperationException">It was never set before, which cannot be restored.</exception>
        public override Change Inverse(string rule) => Before.MfaBehavior is { } before
            ? new SetFederatedMfa(Before with { MfaBehavior = After }, before, rule)
            : throw new InvalidOperationException("What was never set cannot be unset.");
    }

    /// <summary>The change id of a user's routing.</summary>
    public const string RouteId = "rollout.member";

    /// <summary>What the change ids of the rollout's groups begin with.</summary>
    public const string RolloutGroupPrefix = "rollout.group.";

    /// <summary>The change id of a configuration.</summary>
    public static string IdOf(MethodKind method) => "policy." + MethodWords.InPlan(method);

    /// <summary>The change id of a phone place.</summary>
    public static string IdOf(PhoneSlot slot) => slot switch
    {
        PhoneSlot.Mobile => "phone.mobile",
        PhoneSlot.AlternateMobile => "phone.alternateMobile",
        _ => "phone.office",
    };
}
