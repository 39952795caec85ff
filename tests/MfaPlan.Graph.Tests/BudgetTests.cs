using MfaPlan.Graph.Http;
using MfaPlan.Graph.Limiting;

namespace MfaPlan.Graph.Tests;

public sealed class BudgetTests
{
    [Theory]
    [InlineData("/v1.0/users/x/authentication/phoneMethods", Budget.Methods)]
    [InlineData("/beta/users/x/authentication/hardwareOathMethods", Budget.Methods)]
    [InlineData("/beta/users/x/authentication/hardwareOathMethods/y/activate", Budget.Activations)]
    [InlineData("/beta/users/x/authentication/hardwareOathMethods/assignAndActivateBySerialNumber", Budget.Activations)]
    [InlineData("/v1.0/reports/authenticationMethods/userRegistrationDetails", Budget.Reports)]
    [InlineData("/beta/auditLogs/signIns", Budget.Reports)]
    [InlineData("/beta/identity/conditionalAccess/policies", Budget.ConditionalAccess)]
    [InlineData("/v1.0/groups/x/transitiveMembers/microsoft.graph.user", Budget.Directory)]
    [InlineData("/v1.0/policies/authenticationMethodsPolicy", Budget.Directory)]
    internal void A_path_tells_its_budget(string path, Budget budget)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "https://graph.microsoft.com" + path);

        RequestNotes.BudgetOf(request).ShouldBe(budget);
    }
}
