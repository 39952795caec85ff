namespace MfaPlan.Sources.Tests;

/// <summary>What the process holds is counted, so nothing may run beside it.</summary>
[Collection(nameof(RunsAlone))]
public sealed class MfaServerCsvMemoryTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_user_costs_at_most_450_bytes()
    {
        const int count = 50_000;
        using var file = new TemporaryFile($"{Exports.Header}\r\n{string.Join("\r\n", Enumerable.Range(0, count).Select(i => Exports.Row(i)))}");
        await new MfaServerCsv(file.Input).ReadAsync(Cancel);

        var before = GC.GetTotalMemory(forceFullCollection: true);
        var table = await new MfaServerCsv(file.Input).ReadAsync(Cancel);
        var after = GC.GetTotalMemory(forceFullCollection: true);

        table.Value!.Users.Length.ShouldBe(count);
        ((after - before) / count).ShouldBeLessThanOrEqualTo(450);
        GC.KeepAlive(table);
    }
}
