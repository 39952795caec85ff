using System.Text.Json.Nodes;
using MfaPlan.Sandbox.Authentication;
using MfaPlan.Sandbox.Directory;
using MfaPlan.Sandbox.Tenant;

namespace MfaPlan.Sandbox.Rehearsing;

/// <summary>
/// What the people of a tenant do, and who looks after their accounts, so that a rehearsal can go on: register the app, sign in, have an
/// account disabled. All of it happens to the kept state, with no server on it.
/// </summary>
public static class SandboxPeople
{
    /// <summary>Registers the Authenticator app of everybody chosen whose account is enabled and who has none.</summary>
    /// <param name="stateFile">Where the tenant is kept.</param>
    /// <param name="who">Whose doing.</param>
    /// <returns>How many registered.</returns>
    /// <exception cref="SandboxFileException">Nobody has the name, the state is no tenant, or a sandbox runs on it.</exception>
    public static int Register(string stateFile, PeopleChoice who) => Change(stateFile, who, static (tenant, people) =>
    {
        var registering = people
            .Where(static user => user.IsEnabled && !user.Authentication.Current.Has(MethodCollection.Authenticator))
            .ToList();
        foreach (var user in registering)
        {
            var id = Ids.From("registered app", user.Id);
            var app = new JsonObject
            {
                ["id"] = id,
                ["displayName"] = "Phone of the user",
                ["deviceTag"] = "SoftwareTokenActivated",
                ["phoneAppVersion"] = "6.8",
            };
            tenant.Put(user, user.Authentication.Current.With(new MethodRecord(MethodCollection.Authenticator, id, Json.Bytes(app))));
        }

        return registering.Count;
    });

    /// <summary>Has everybody chosen whose account is enabled sign in now, in the order of their ids.</summary>
    /// <param name="stateFile">Where the tenant is kept.</param>
    /// <param name="who">Whose doing.</param>
    /// <param name="failing">How many of them, the first, fail at their second factor; from 0.</param>
    /// <returns>How many signed in, and how many did not get in.</returns>
    /// <exception cref="SandboxFileException">Nobody has the name, the state is no tenant, or a sandbox runs on it.</exception>
    public static (int In, int Failed) SignIn(string stateFile, PeopleChoice who, int failing) => Change(stateFile, who, (tenant, people) =>
    {
        var log = tenant.Documents.Current(DocumentPaths.SignIns) is { } known ? JsonNode.Parse(known.GetRawText())!.AsArray() : [];
        var (routing, signedIn, failed) = (RoutedSignIns.Of(tenant), 0, 0);
        foreach (var user in people.Where(static user => user.IsEnabled))
        {
            var signIn = routing.SignIn(user, fails: signedIn + failed < failing, out var isIn);
            (signedIn, failed) = isIn ? (signedIn + 1, failed) : (signedIn, failed + 1);
            log.Add(signIn);
        }

        tenant.Put(DocumentPaths.SignIns, Json.Element(log));
        return (signedIn, failed);
    });

    /// <summary>Disables the accounts chosen, as an administrator does with those who have left.</summary>
    /// <param name="stateFile">Where the tenant is kept.</param>
    /// <param name="who">Whose accounts.</param>
    /// <returns>How many were enabled before.</returns>
    /// <exception cref="SandboxFileException">Nobody has the name, the state is no tenant, or a sandbox runs on it.</exception>
    public static int Disable(string stateFile, PeopleChoice who) => Change(stateFile, who, static (_, people) =>
    {
        var enabled = people.Where(static user => user.IsEnabled).ToList();
        enabled.ForEach(static user => user.Disable());
        return enabled.Count;
    });

    private static T Change<T>(string stateFile, PeopleChoice who, Func<TenantState, IReadOnlyList<SandboxUser>, T> act)
    {
        using var hold = StateLock.Take(stateFile);
        var tenant = TenantStore.Load("", stateFile, TimeProvider.System);
        var said = act(tenant, Chosen(tenant, who));
        TenantStore.Fold(tenant, stateFile);
        return said;
    }

    private static List<SandboxUser> Chosen(TenantState tenant, PeopleChoice who)
    {
        var ids = new SortedSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var name in who.Groups)
        {
            ids.UnionWith(tenant.Groups.Flatten(GroupNamed(tenant, name), tenant.Now).Users);
        }

        foreach (var name in who.Users)
        {
            ids.Add((tenant.Users.Find(name) ?? throw new SandboxFileException(
                $"The simulated tenant has no user \"{name}\". Give a user principal name or an object id.")).Id);
        }

        return [.. ids.Select(tenant.Users.ById).OfType<SandboxUser>().Where(user => !who.WithoutMethod || HasNone(user))];
    }

    private static SandboxGroup GroupNamed(TenantState tenant, string name) =>
        tenant.Groups.Find(name)
        ?? tenant.Groups.All.FirstOrDefault(group => name.Equals(group.Properties.Text("displayName"), StringComparison.OrdinalIgnoreCase))
        ?? throw new SandboxFileException($"The simulated tenant has no group \"{name}\". Give a display name or an object id.");

    /// <summary>A password is no second factor, an address is none at sign-in, and a pass is over soon.</summary>
    private static bool HasNone(SandboxUser user) =>
        user.Authentication.Current is var known && known.Phones.IsEmpty && known.Methods.All(static method =>
            method.Collection is "passwordMethods" or MethodCollection.Email or MethodCollection.TemporaryAccessPass);
}
