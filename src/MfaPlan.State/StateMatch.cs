namespace MfaPlan.State;

/// <summary>Whether a state is the one that was meant.</summary>
internal static class StateMatch
{
    /// <summary>Refuses a state of another tenant, and of a sandbox where a real tenant is meant or the reverse.</summary>
    /// <param name="file">What the state says of itself.</param>
    /// <param name="where">Where it is, for people.</param>
    /// <param name="expectedTenant">The plan's tenant.</param>
    /// <param name="sandbox">Whether a simulated tenant is worked on.</param>
    /// <exception cref="StateException">It is another's.</exception>
    public static void Check(StateFile file, string where, Guid expectedTenant, bool sandbox)
    {
        if (file.Sandbox != sandbox)
        {
            throw new StateException(
                StateDiagnostics.SandboxMismatch,
                file.Sandbox ? $"{where} is the state of a sandbox." : $"{where} is the state of a real tenant.",
                "Keep them in folders of their own, and name the right one in the plan's \"state\".");
        }

        if (file.Tenant != expectedTenant)
        {
            throw new StateException(
                StateDiagnostics.OtherTenant,
                $"{where} is the state of tenant {file.Tenant:D}, and the plan is for {expectedTenant:D}.",
                "Each tenant has a state of its own; name the right folder in the plan's \"state\".");
        }
    }
}
