using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;
using Microsoft.Graph;
using Microsoft.Graph.Models;
using Microsoft.Graph.Models.ODataErrors;
using Microsoft.Kiota.Abstractions.Authentication;

namespace MfaPlan.Benchmarks.Peer;

/// <summary>
/// The way it is done by script: the Graph SDK with its defaults, one user after the other, each call awaited, a fixed wait when throttled.
/// It reads and sets what the runner does, and does without the rest: no matching by SID, no preview, no journal, no way back.
/// </summary>
internal static class ScriptedPeer
{
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(1);

    /// <summary>Migrates every row of an export.</summary>
    /// <param name="sandbox">Where the tenant is.</param>
    /// <param name="export">The export of MFA Server.</param>
    /// <param name="output">Where the count goes.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static async Task RunAsync(Uri sandbox, string export, TextWriter output, CancellationToken cancellationToken)
    {
        using var graph = new GraphServiceClient(new AnonymousAuthenticationProvider(), new Uri(sandbox, "v1.0").ToString());
        using var reader = new StreamReader(export);
        using var csv = new CsvReader(reader, new CsvConfiguration(CultureInfo.InvariantCulture));
        await csv.ReadAsync();
        csv.ReadHeader();
        var users = 0;
        while (await csv.ReadAsync())
        {
            if (await MigrateAsync(graph, PeerRow.Of(csv), cancellationToken))
            {
                users++;
            }
        }

        await output.WriteLineAsync(users.ToString(CultureInfo.InvariantCulture));
    }

    private static async Task<bool> MigrateAsync(GraphServiceClient graph, PeerRow row, CancellationToken cancellationToken)
    {
        if (!row.Enabled || await FindAsync(graph, row.Username, cancellationToken) is not { AccountEnabled: true, Id: { } id })
        {
            return false;
        }

        var answer = await AgainAsync(
            () => graph.Users[id].Authentication.PhoneMethods.GetAsync(cancellationToken: cancellationToken), cancellationToken);
        var phones = answer?.Value ?? [];
        var mobile = phones.Exists(static phone => phone.PhoneType == AuthenticationPhoneType.Mobile);
        var preferences = new SignInPreferences(graph.RequestAdapter, id);
        var isDefaultSet = (await AgainAsync(() => preferences.GetAsync(cancellationToken), cancellationToken)).IsSet;
        foreach (var wanted in row.Phones)
        {
            if (!phones.Exists(phone => phone.PhoneType == wanted.PhoneType) && await AddAsync(graph, id, wanted, cancellationToken))
            {
                mobile |= wanted.PhoneType == AuthenticationPhoneType.Mobile;
            }
        }

        if (!isDefaultSet && row.Default(mobile) is { } method)
        {
            await PassedOverAsync(() => AgainAsync(() => preferences.SetAsync(method, cancellationToken), cancellationToken));
        }

        return true;
    }

    private static Task<bool> AddAsync(GraphServiceClient graph, string id, PhoneAuthenticationMethod phone, CancellationToken cancellationToken) =>
        PassedOverAsync(() => AgainAsync(
            () => graph.Users[id].Authentication.PhoneMethods.PostAsync(phone, cancellationToken: cancellationToken), cancellationToken));

    /// <summary>A script goes on with the next one when the service refuses a value: a bad number, an alternate number without a mobile.</summary>
    private static async Task<bool> PassedOverAsync(Func<Task> call)
    {
        try
        {
            await call();
            return true;
        }
        catch (ODataError error) when (error.ResponseStatusCode is 400 or 404)
        {
            return false;
        }
    }

    private static async Task<User?> FindAsync(GraphServiceClient graph, string name, CancellationToken cancellationToken)
    {
        try
        {
            return await AgainAsync(
                () => graph.Users[name].GetAsync(
                    static request => request.QueryParameters.Select = ["id", "userPrincipalName", "accountEnabled"], cancellationToken),
                cancellationToken);
        }
        catch (ODataError error) when (error.ResponseStatusCode == 404)
        {
            return null;
        }
    }

    private static async Task<T> AgainAsync<T>(Func<Task<T>> call, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return await call();
            }
            catch (ODataError error) when (error.ResponseStatusCode == 429)
            {
                await Task.Delay(Wait, TimeProvider.System, cancellationToken);
            }
        }
    }
}
