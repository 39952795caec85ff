namespace MfaPlan.Sources.Tests.Tokens;

/// <summary>Key containers after the figures of RFC 6030, with their known keys.</summary>
public static class PskcSamples
{
    public const string PreSharedKey = "12345678901234567890123456789012";

    public const string Password = "qwerty";

    public const string Figure6 = """
        <?xml version="1.0" encoding="UTF-8"?>
        <KeyContainer Version="1.0" xmlns="urn:ietf:params:xml:ns:keyprov:pskc"
            xmlns:ds="http://www.w3.org/2000/09/xmldsig#" xmlns:xenc="http://www.w3.org/2001/04/xmlenc#">
          <EncryptionKey><ds:KeyName>Pre-shared-key</ds:KeyName></EncryptionKey>
          <MACMethod Algorithm="http://www.w3.org/2000/09/xmldsig#hmac-sha1">
            <MACKey>
              <xenc:EncryptionMethod Algorithm="http://www.w3.org/2001/04/xmlenc#aes128-cbc"/>
              <xenc:CipherData>
                <xenc:CipherValue>
                  ESIzRFVmd4iZABEiM0RVZgKn6WjLaTC1sbeBMSvIhRejN9vJa2BOlSaMrR7I5wSX
                </xenc:CipherValue>
              </xenc:CipherData>
            </MACKey>
          </MACMethod>
          <KeyPackage>
            <DeviceInfo><Manufacturer>Manufacturer</Manufacturer><SerialNo>987654321</SerialNo></DeviceInfo>
            <CryptoModuleInfo><Id>CM_ID_001</Id></CryptoModuleInfo>
            <Key Id="12345678" Algorithm="urn:ietf:params:xml:ns:keyprov:pskc:hotp">
              <Issuer>Issuer</Issuer>
              <AlgorithmParameters><ResponseFormat Length="8" Encoding="DECIMAL"/></AlgorithmParameters>
              <Data>
                <Secret>
                  <EncryptedValue>
                    <xenc:EncryptionMethod Algorithm="http://www.w3.org/2001/04/xmlenc#aes128-cbc"/>
                    <xenc:CipherData>
                      <xenc:CipherValue>
                        AAECAwQFBgcICQoLDA0OD+cIHItlB3Wra1DUpxVvOx2lef1VmNPCMl8jwZqIUqGv
                      </xenc:CipherValue>
                    </xenc:CipherData>
                  </EncryptedValue>
                  <ValueMAC>Su+NvtQfmvfJzF6bmQiJqoLRExc=
                  </ValueMAC>
                </Secret>
                <Counter><PlainValue>0</PlainValue></Counter>
              </Data>
            </Key>
          </KeyPackage>
        </KeyContainer>
        """;

    public const string Figure7 = """
        <?xml version="1.0" encoding="UTF-8"?>
        <pskc:KeyContainer xmlns:pskc="urn:ietf:params:xml:ns:keyprov:pskc" xmlns:xenc11="http://www.w3.org/2009/xmlenc11#"
            xmlns:pkcs5="http://www.rsasecurity.com/rsalabs/pkcs/schemas/pkcs-5v2-0#"
            xmlns:xenc="http://www.w3.org/2001/04/xmlenc#" Version="1.0">
          <pskc:EncryptionKey>
            <xenc11:DerivedKey>
              <xenc11:KeyDerivationMethod Algorithm="http://www.rsasecurity.com/rsalabs/pkcs/schemas/pkcs-5v2-0#pbkdf2">
                <pkcs5:PBKDF2-params>
                  <Salt><Specified>Ej7/PEpyEpw=</Specified></Salt>
                  <IterationCount>1000</IterationCount>
                  <KeyLength>16</KeyLength>
                  <PRF/>
                </pkcs5:PBKDF2-params>
              </xenc11:KeyDerivationMethod>
              <xenc:ReferenceList><xenc:DataReference URI="#ED"/></xenc:ReferenceList>
              <xenc11:MasterKeyName>My Password 1</xenc11:MasterKeyName>
            </xenc11:DerivedKey>
          </pskc:EncryptionKey>
          <pskc:MACMethod Algorithm="http://www.w3.org/2000/09/xmldsig#hmac-sha1">
            <pskc:MACKey>
              <xenc:EncryptionMethod Algorithm="http://www.w3.org/2001/04/xmlenc#aes128-cbc"/>
              <xenc:CipherData>
                <xenc:CipherValue>2GTTnLwM3I4e5IO5FkufoOEiOhNj91fhKRQBtBJYluUDsPOLTfUvoU2dStyOwYZx</xenc:CipherValue>
              </xenc:CipherData>
            </pskc:MACKey>
          </pskc:MACMethod>
          <pskc:KeyPackage>
            <pskc:DeviceInfo><pskc:Manufacturer>TokenVendorAcme</pskc:Manufacturer><pskc:SerialNo>987654321</pskc:SerialNo></pskc:DeviceInfo>
            <pskc:CryptoModuleInfo><pskc:Id>CM_ID_001</pskc:Id></pskc:CryptoModuleInfo>
            <pskc:Key Algorithm="urn:ietf:params:xml:ns:keyprov:pskc:hotp" Id="123456">
              <pskc:Issuer>Example-Issuer</pskc:Issuer>
              <pskc:AlgorithmParameters><pskc:ResponseFormat Length="8" Encoding="DECIMAL"/></pskc:AlgorithmParameters>
              <pskc:Data>
                <pskc:Secret>
                  <pskc:EncryptedValue Id="ED">
                    <xenc:EncryptionMethod Algorithm="http://www.w3.org/2001/04/xmlenc#aes128-cbc"/>
                    <xenc:CipherData>
                      <xenc:CipherValue>oTvo+S22nsmS2Z/RtcoF8Hfh+jzMe0RkiafpoDpnoZTjPYZu6V+A4aEn032yCr4f</xenc:CipherValue>
                    </xenc:CipherData>
                  </pskc:EncryptedValue>
                  <pskc:ValueMAC>LP6xMvjtypbfT9PdkJhBZ+D6O4w=</pskc:ValueMAC>
                </pskc:Secret>
              </pskc:Data>
            </pskc:Key>
          </pskc:KeyPackage>
        </pskc:KeyContainer>
        """;

    /// <summary>As privacyIDEA writes it: lower case, its own attribute for the hash function, every element present.</summary>
    public const string LowerCase = """
        <?xml version="1.0" encoding="UTF-8"?>
        <keycontainer version="1.0" xmlns="urn:ietf:params:xml:ns:keyprov:pskc">
          <keypackage>
            <deviceinfo><serialno>OATH0001</serialno><manufacturer>privacyidea</manufacturer><userid>alice</userid></deviceinfo>
            <key algorithm="urn:ietf:params:xml:ns:keyprov:pskc:totp" id="OATH0001">
              <algorithmparameters><suite hashalgo="sha256"/><responseformat encoding="DECIMAL" length="6"/></algorithmparameters>
              <data>
                <secret><plainvalue>MTIzNDU2Nzg5MDEyMzQ1Njc4OTA=</plainvalue></secret>
                <time><plainvalue>0</plainvalue></time><timeinterval><plainvalue>60</plainvalue></timeinterval>
                <counter><plainvalue>0</plainvalue></counter><timedrift><plainvalue>0</plainvalue></timedrift>
              </data>
            </key>
          </keypackage>
          <keypackage>
            <key algorithm="urn:ietf:params:xml:ns:keyprov:pskc:pin" id="OATH0001PIN"><data><secret><plainvalue>MTIzNA==</plainvalue></secret></data></key>
          </keypackage>
          <keypackage>
            <deviceinfo><serialno>OATH0002</serialno></deviceinfo>
            <key algorithm="urn:ietf:params:xml:ns:keyprov:pskc:hotp" id="x"><data><secret><plainvalue>MTIzNDU2Nzg5MDEyMzQ1Njc4OTA=</plainvalue></secret></data></key>
          </keypackage>
          <keypackage>
            <deviceinfo><serialno>OATH0003</serialno></deviceinfo>
            <key algorithm="http://www.rsa.com/names/2006/04/algorithms/securid" id="x"><data><secret><plainvalue>MTIzNDU2Nzg5MDEyMzQ1Njc4OTA=</plainvalue></secret></data></key>
          </keypackage>
          <keypackage><deviceinfo><serialno>OATH0004</serialno></deviceinfo></keypackage>
          <keypackage>
            <key algorithm="urn:ietf:params:xml:ns:keyprov:pskc:totp" id="x"><data><secret><plainvalue>not base64!</plainvalue></secret></data></key>
          </keypackage>
        </keycontainer>
        """;
}
