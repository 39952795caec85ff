using System.Collections.Immutable;
using MfaPlan.Core.Changes;
using MfaPlan.Core.Tenants;
using MfaPlan.Core.Tenants.Access;

namespace MfaPlan.Core.Proofs;

/// <summary>
/// Proves, user by user, that a move to Entra MFA locks nobody out and leaves nobody without MFA. Made once for a stage, asked for each user;
/// it holds nothing of the users, so half a million can stream past.
/// </summary>
public sealed class MoveProof
{
    private readonly Observed<AccessView> _access;
    private readonly LockoutRule _lockout;
    private readonly DemandRule? _demand;

    private MoveProof(ProofContext context)
    {
        _access = context.Access;
        var view = context.Access.SeenOrDefault;
        Readings = view is null ? [] : [.. view.Policies.Select(policy => PolicyReading.Of(policy, view))];
        _lockout = new LockoutRule(context, view, Readings);
        _demand = view is null ? null : new DemandRule(context, view, Readings);
        Context = context;
    }

    /// <summary>What the proofs depend on.</summary>
    public ProofContext Context { get; }

    /// <summary>Every policy, read, in order of id; empty where the policies could not be read.</summary>
    public ImmutableArray<PolicyReading> Readings { get; }

    /// <summary>Makes the proofs ready.</summary>
    public static MoveProof Of(ProofContext context) => new(context);

    /// <summary>Proves about one user.</summary>
    /// <param name="user">The user.</param>
    /// <param name="now">Its methods as read; the per-user MFA state in them is only told, it decides nothing.</param>
    /// <param name="after">Its methods after the stage; null where the stage changes none.</param>
    /// <exception cref="ArgumentException">Not every method was asked for (<see cref="MethodParts.Methods"/>).</exception>
    public UserProof Judge(ProofUser user, Observed<UserMethods> now, UserMethods? after)
    {
        if (now.SeenOrDefault is { } seen && !seen.Parts.HasFlag(MethodParts.Methods))
        {
            throw new ArgumentException("A part of the methods proves nothing.", nameof(now));
        }

        var findings = ImmutableArray.CreateBuilder<Finding>();
        var demand = (_access, _demand) switch
        {
            (Observed<AccessView>.Unknown unknown, _) => new MfaDemand.Unknown($"the Conditional Access policies could not be read ({unknown.Code})"),
            (_, { } rule) => rule.Judge(user.Account, now.SeenOrDefault?.PerUserMfa ?? PerUserMfa.Unknown),
            _ => throw new InvalidOperationException("A read is seen or unknown."),
        };
        if (!user.Account.Enabled)
        {
            return new UserProof(user.Account.Id, LockoutVerdict.Disabled, null, demand, []);
        }

        var (lockout, usability) = _lockout.Judge(user, now, after, findings);
        switch (demand)
        {
            case MfaDemand.Gap gap:
                findings.Add(ProofFindings.NoDemand.Found().With("why", gap.Why));
                break;
            case MfaDemand.Unknown unknown:
                findings.Add(ProofFindings.CannotJudge.Found().With("what", "Whether MFA is demanded of the user").With("why", unknown.Why));
                break;
            default:
                break;
        }

        return new UserProof(user.Account.Id, lockout, usability, demand, findings.ToImmutable());
    }
}
