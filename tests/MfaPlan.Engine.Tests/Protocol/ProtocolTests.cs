using CsCheck;
using static MfaPlan.Engine.Tests.Protocol.ProtocolModel;

namespace MfaPlan.Engine.Tests.Protocol;

public sealed class ProtocolTests
{
    [Fact]
    public void The_protocol_keeps_every_invariant_in_every_reachable_state() =>
        Of(Without.Nothing).Exhaustive(TestContext.Current.TestOutputHelper!.WriteLine);

    [Theory]
    [InlineData("LookBeforeSend", "FOREIGN")]
    [InlineData("LookBeforeSend, Foreigners", "ONCE")]
    [InlineData("SettleWindow", "ONCE")]
    [InlineData("BeginBeforeSend", "INTENT")]
    [InlineData("VerifyBeforeSettle", "TRUE")]
    [InlineData("ChangesInOrder", "ORDER")]
    [InlineData("PatchInPlace", "HELD")]
    [InlineData("FreshBegin", "ONCE")]
    public void Taking_a_part_out_of_the_protocol_breaks_the_invariant_that_needs_it(string part, string invariant)
    {
        Of(Enum.Parse<Without>(part)).Exhaustive(out var violation);

        violation.ShouldNotBeNull();
        violation.ToString().ShouldContain(invariant);
    }
}
